EXPLANATIONS = {}


def explain(c): ...
