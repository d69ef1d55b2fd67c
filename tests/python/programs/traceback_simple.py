"""An uncaught exception through several frames."""


class Account:
    def __init__(self, balance):
        self.balance = balance

    def withdraw(self, amount):
        if amount > self.balance:
            raise ValueError(f"insufficient funds: {self.balance} < {amount}")
        self.balance -= amount
        return self.balance


def process(accounts, orders):
    return [accounts[name].withdraw(amount) for name, amount in orders]


accounts = {"ann": Account(100), "bob": Account(20)}
print(process(accounts, [("ann", 30), ("bob", 5)]))
print("before")
process(
    accounts,
    [
        ("ann", 1),
        ("bob", 500),
    ],
)
print("never")
