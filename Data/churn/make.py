#!/usr/bin/env python3
"""Writes churn.csv and new.csv: invented customers of a telephone company, as a person would have them.

Identifiers, dates, words, missing cells, and a target of yes and no of which some 8 % are yes. Run it here to make the
files anew: the same bytes each time.
"""
import csv
import datetime
import math
import random

REGIONS = ["north", "east", "south", "west", "island"]
PAYMENTS = ["card", "transfer", "cheque", "direct debit"]
CONTRACTS = {"monthly": 1.0, "one year": -0.3, "two years": -1.6}
COLUMNS = ["customer", "since", "region", "contract", "payment", "paperless", "age", "months", "monthly_charge",
           "calls_to_support", "data_gb", "churned"]


def customers(rng, first, count):
    day = datetime.date(2018, 1, 1)
    for number in range(first, first + count):
        months = rng.randint(1, 84)
        since = day + datetime.timedelta(days=rng.randint(0, 2000))
        contract = rng.choices(list(CONTRACTS), (5, 3, 2))[0]
        payment = rng.choices(PAYMENTS, (4, 3, 1, 3))[0]
        paperless = rng.random() < 0.6
        age = rng.randint(18, 88)
        charge = round(rng.uniform(9, 95), 2)
        calls = min(9, int(rng.expovariate(0.8)))
        data = round(rng.lognormvariate(1.5, 0.8), 1)
        score = -3.65 + CONTRACTS[contract] - 0.022 * months + 0.48 * calls + 0.016 * charge
        score += 0.7 * (payment == "cheque") - 0.01 * (age - 50)
        churned = rng.random() < 1 / (1 + math.exp(-score))
        yield [f"C{number:05}", since.isoformat(), rng.choice(REGIONS), contract, payment, "yes" if paperless else "no",
               "" if rng.random() < 0.06 else age, months, f"{charge:.2f}", calls, "" if rng.random() < 0.03 else data,
               "yes" if churned else "no"]


rng = random.Random(20)
with open("churn.csv", "w", newline="") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(customers(rng, 1, 3000))
# Customers of today, of whom nobody knows yet.
with open("new.csv", "w", newline="") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS[:-1])
    writer.writerows(row[:-1] for row in customers(rng, 3001, 200))
