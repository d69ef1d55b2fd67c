"""An incremental constraint solver: one-way constraints in a hierarchy of strengths."""


class Strength:
    def __init__(self, value, name):
        self.value, self.name = value, name

    def __repr__(self):
        return self.name


NAMES = ["required", "strong preferred", "preferred", "strong default", "normal", "weak default", "weakest"]
STRENGTHS = [Strength(i, name) for i, name in enumerate(NAMES)]
REQUIRED, STRONG_PREFERRED, PREFERRED, STRONG_DEFAULT, NORMAL, WEAK_DEFAULT, WEAKEST = STRENGTHS


def stronger(a, b):
    return a.value < b.value


def weaker(a, b):
    return a.value > b.value


def weakest_of(a, b):
    return a if weaker(a, b) else b


class Variable:
    def __init__(self, name, value=0):
        self.name, self.value = name, value
        self.constraints = []
        self.determined_by = None
        self.mark = 0
        self.walk_strength = WEAKEST
        self.stay = True


class Constraint:
    is_input = False

    def __init__(self, strength):
        self.strength = strength

    def add(self):
        self.add_to_graph()
        planner.incremental_add(self)

    def destroy(self):
        if self.is_satisfied():
            planner.incremental_remove(self)
        else:
            self.remove_from_graph()

    def satisfy(self, mark):
        self.choose_method(mark)
        if not self.is_satisfied():
            if self.strength is REQUIRED:
                raise RuntimeError("Could not satisfy a required constraint")
            return None
        self.mark_inputs(mark)
        out = self.output()
        overridden = out.determined_by
        if overridden is not None:
            overridden.mark_unsatisfied()
        out.determined_by = self
        if not planner.add_propagate(self, mark):
            raise RuntimeError("Cycle encountered")
        out.mark = mark
        return overridden


class Unary(Constraint):
    def __init__(self, variable, strength):
        super().__init__(strength)
        self.variable = variable
        self.satisfied = False
        self.add()

    def add_to_graph(self):
        self.variable.constraints.append(self)
        self.satisfied = False

    def remove_from_graph(self):
        self.variable.constraints.remove(self)
        self.satisfied = False

    def choose_method(self, mark):
        self.satisfied = self.variable.mark != mark and stronger(self.strength, self.variable.walk_strength)

    def is_satisfied(self):
        return self.satisfied

    def mark_inputs(self, mark):
        pass

    def inputs_known(self, mark):
        return True

    def output(self):
        return self.variable

    def mark_unsatisfied(self):
        self.satisfied = False

    def recalculate(self):
        self.variable.walk_strength = self.strength
        self.variable.stay = not self.is_input
        if self.variable.stay:
            self.execute()

    def execute(self):
        pass


class Stay(Unary):
    pass


class Edit(Unary):
    is_input = True


class Binary(Constraint):
    def __init__(self, v1, v2, strength):
        super().__init__(strength)
        self.v1, self.v2 = v1, v2
        self.direction = 0
        self.add()

    def variables(self):
        return self.v1, self.v2

    def choose_method(self, mark):
        v1, v2 = self.v1, self.v2
        self.direction = 0
        if v1.mark == mark:
            if v2.mark != mark and stronger(self.strength, v2.walk_strength):
                self.direction = 1
        elif v2.mark == mark:
            if stronger(self.strength, v1.walk_strength):
                self.direction = -1
        elif weaker(v1.walk_strength, v2.walk_strength):
            if stronger(self.strength, v1.walk_strength):
                self.direction = -1
        elif stronger(self.strength, v2.walk_strength):
            self.direction = 1

    def add_to_graph(self):
        for v in self.variables():
            v.constraints.append(self)
        self.direction = 0

    def remove_from_graph(self):
        for v in self.variables():
            if self in v.constraints:
                v.constraints.remove(self)
        self.direction = 0

    def is_satisfied(self):
        return self.direction != 0

    def input(self):
        return self.v1 if self.direction == 1 else self.v2

    def output(self):
        return self.v2 if self.direction == 1 else self.v1

    def mark_inputs(self, mark):
        self.input().mark = mark

    def inputs_known(self, mark):
        i = self.input()
        return i.mark == mark or i.stay or i.determined_by is None

    def mark_unsatisfied(self):
        self.direction = 0

    def recalculate(self):
        i, o = self.input(), self.output()
        o.walk_strength = weakest_of(self.strength, i.walk_strength)
        o.stay = i.stay
        if o.stay:
            self.execute()


class Equality(Binary):
    def execute(self):
        self.output().value = self.input().value


class Scale(Binary):
    def __init__(self, source, scale, offset, target, strength):
        self.scale, self.offset = scale, offset
        super().__init__(source, target, strength)

    def variables(self):
        return self.v1, self.v2, self.scale, self.offset

    def mark_inputs(self, mark):
        super().mark_inputs(mark)
        self.scale.mark = self.offset.mark = mark

    def execute(self):
        if self.direction == 1:
            self.v2.value = self.v1.value * self.scale.value + self.offset.value
        else:
            self.v1.value = (self.v2.value - self.offset.value) // self.scale.value

    def recalculate(self):
        i, o = self.input(), self.output()
        o.walk_strength = weakest_of(self.strength, i.walk_strength)
        o.stay = i.stay and self.scale.stay and self.offset.stay
        if o.stay:
            self.execute()


class Planner:
    def __init__(self):
        self.current = 0

    def new_mark(self):
        self.current += 1
        return self.current

    def incremental_add(self, c):
        mark = self.new_mark()
        overridden = c.satisfy(mark)
        while overridden is not None:
            overridden = overridden.satisfy(mark)

    def incremental_remove(self, c):
        out = c.output()
        c.mark_unsatisfied()
        c.remove_from_graph()
        unsatisfied = self.remove_propagate(out)
        for strength in STRENGTHS:
            for u in unsatisfied:
                if u.strength is strength:
                    self.incremental_add(u)

    def make_plan(self, sources):
        mark = self.new_mark()
        plan, todo = [], list(sources)
        while todo:
            c = todo.pop()
            if c.output().mark != mark and c.inputs_known(mark):
                plan.append(c)
                c.output().mark = mark
                self.consuming(c.output(), todo)
        return plan

    def extract_plan(self, constraints):
        return self.make_plan([c for c in constraints if c.is_input and c.is_satisfied()])

    def add_propagate(self, c, mark):
        todo = [c]
        while todo:
            d = todo.pop()
            if d.output().mark == mark:
                self.incremental_remove(c)
                return False
            d.recalculate()
            self.consuming(d.output(), todo)
        return True

    def remove_propagate(self, out):
        out.determined_by = None
        out.walk_strength = WEAKEST
        out.stay = True
        unsatisfied, todo = [], [out]
        while todo:
            v = todo.pop()
            unsatisfied.extend(c for c in v.constraints if not c.is_satisfied())
            for c in v.constraints:
                if c is not v.determined_by and c.is_satisfied():
                    c.recalculate()
                    todo.append(c.output())
        return unsatisfied

    def consuming(self, v, out):
        for c in v.constraints:
            if c is not v.determined_by and c.is_satisfied():
                out.append(c)


planner = Planner()


def change(variable, value):
    edit = Edit(variable, PREFERRED)
    plan = planner.extract_plan([edit])
    for _ in range(10):
        variable.value = value
        for c in plan:
            c.execute()
    edit.destroy()


def chain_test(n):
    global planner
    planner = Planner()
    variables = [Variable(f"v{i}") for i in range(n + 1)]
    for a, b in zip(variables, variables[1:]):
        Equality(a, b, REQUIRED)
    Stay(variables[-1], STRONG_DEFAULT)
    edit = Edit(variables[0], PREFERRED)
    plan = planner.extract_plan([edit])
    for i in range(60):
        variables[0].value = i
        for c in plan:
            c.execute()
        assert variables[-1].value == i, "Chain test failed."
    return len(plan), variables[-1].value


def projection_test(n):
    global planner
    planner = Planner()
    scale, offset = Variable("scale", 10), Variable("offset", 1000)
    sources, targets = [], []
    for i in range(n):
        source, target = Variable(f"s{i}", i), Variable(f"t{i}", i)
        sources.append(source)
        Stay(source, NORMAL)
        Scale(source, scale, offset, target, REQUIRED)
        targets.append(target)
    change(sources[0], 17)
    assert targets[0].value == 1170
    change(targets[0], 1050)
    assert sources[0].value == 5
    change(scale, 5)
    results = [t.value for t in targets[:5]]
    change(offset, 2000)
    return results, [t.value for t in targets[-3:]]


print(chain_test(120))
print(projection_test(60))
