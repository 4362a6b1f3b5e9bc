"""Money of one machine by the written rules (model.md section 5), in plain arithmetic.

Nothing here is taken from Tulou: the tests compare Tulou with what this file says.
"""
from math import ceil


def crf(rate, years):
    """Capital recovery factor."""
    if rate == 0:
        return 1 / years
    growth = (1 + rate) ** years
    return rate * growth / (growth - 1)


def annuity(capital, life, rate=0.05, years=20, replacement=None, salvage="linear"):
    """Yearly cost of a capital: replacements at k life < N, what is left at N comes back in proportion."""
    replacement = capital if replacement is None else replacement
    present = capital
    k = 1
    while k * life < years - 1e-9:
        present += replacement / (1 + rate) ** (k * life)
        k += 1
    remaining = life * ceil(years / life - 1e-9) - years
    if salvage == "linear":
        present -= replacement * remaining / life / (1 + rate) ** years
    return crf(rate, years) * present


def old_plant_annuity(replacement, life, age, rate=0.05, years=20):
    """The same for plant that stands already: its capital is sunk, replacements come at k life - age; what is older than
    its life is replaced at the start."""
    age = min(age, life)
    present = 0.0
    k = 1
    while k * life < years + age - 1e-9:
        present += replacement / (1 + rate) ** (k * life - age)
        k += 1
    remaining = life * ceil((years + age) / life - 1e-9) - (years + age)
    present -= replacement * remaining / life / (1 + rate) ** years
    return crf(rate, years) * present


def staged_present(prices, starts, life, year, rate=0.05, years=20):
    """Present value of what is bought in `year`: each replacement at the price of the stage that runs then, what is left
    at N in proportion, by the price of the machine that stands then."""
    price = lambda t: [p for p, start in zip(prices, starts) if start <= t + 1e-9][-1]
    present, t = 0.0, year
    while True:
        present += price(t) / (1 + rate) ** t
        if t + life >= years - 1e-9:
            break
        t += life
    return present - price(t) * (t + life - years) / life / (1 + rate) ** years


def levelised(escalation, rate=0.05, years=20):
    """What a yearly growth makes of a price of year 1: the constant price of equal present value, per unit."""
    return crf(rate, years) * sum((1 + escalation) ** (y - 1) / (1 + rate) ** y for y in range(1, years + 1))
