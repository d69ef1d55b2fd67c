"""Names and attributes that were misspelt."""


class Widget:
    width = 10

    def resize(self, factor):
        self.width *= factor


def attempt(f):
    try:
        f()
    except (NameError, AttributeError) as e:
        print(type(e).__name__, e, e.name)


widget = Widget()
counter = 0
attempt(lambda: widget.widht)
attempt(lambda: widget.resise(2))
attempt(lambda: countr + 1)
attempt(lambda: pritn("x"))
attempt(lambda: [].appendd(1))
widget.resiz(3)
