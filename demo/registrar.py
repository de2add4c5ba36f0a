"""The registrar's list of the demonstration: invented students, the same ones each time."""

import csv
import random

FAMILIES = (
    "Abad Aguilar Alcantara Bautista Buenaventura Cabrera Castillo Cruz De_Guzman De_la_Cruz Del_Rosario Enriquez "
    "Evangelista Fajardo Garcia Hernandez Ilagan Javier Lacson Macaraeg Magsaysay Manalo Navarro Ocampo Pangilinan Peña "
    "Quizon Ramos Reyes Rivera Salazar San_Jose Santiago Santos Soriano Tolentino Umali Valdez Villanueva Zamora"
).split()
WOMEN = "Althea Amihan Ana Angelica Bea Camille Carmela Clarisse Diwata Erika Fe Hazel Isabel Jasmine Katrina Liwayway Luz Ma._Teresa Nicole Princess Rowena Tala".split()
MEN = "Andres Angelo Bayani Benigno Carlo Christian Dakila Emilio Francis Gabriel Ignacio Jericho Jose_Mari Juan Kenneth Lakan Mark Noel Paolo Rafael Ramon Vicente".split()
ONE_NAME = "Lakambini Makisig Sinag Urduja".split()
PROGRAMMES = ["BS Nursing", "BS Pharmacy", "BS Biology", "BS Accountancy", "BS Civil Engineering", "AB Psychology"]
HEADER = [
    "Student No.", "Last Name", "First Name", "Middle Name", "Ext.", "Sex", "Date of Birth", "Course", "Year Level",
    "Section", "Campus", "Email", "Mobile No.", "Guardian", "Guardian Contact No.",
]


def write(path, count):
    """Writes a list of `count` students to `path`, as an older spreadsheet saves it: in Windows letters."""
    chance = random.Random(2026)
    spelt = lambda name: name.replace("_", " ")
    phone = lambda: f"09{chance.randrange(10, 99)} 555 {chance.randrange(10_000):04}"
    with open(path, "w", encoding="windows-1252", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(HEADER)
        for number in range(1, count + 1):
            is_woman = chance.random() < 0.55
            given = " ".join(spelt(name) for name in chance.sample(WOMEN if is_woman else MEN, chance.choice((1, 1, 2))))
            # Whoever shares a birthday has another family name: nobody of the list is like somebody else of it.
            family, middle = (spelt(name) for name in (FAMILIES[number % len(FAMILIES)], chance.choice(FAMILIES)))
            suffix = chance.choice(("Jr.", "III")) if not is_woman and chance.random() < 0.05 else ""
            if number % 400 == 0:
                family, given, middle = chance.choice(ONE_NAME), "", ""
            year = chance.randrange(1, 5)
            born = f"{13 + number % 16}/{number // 16 % 12 + 1}/{2003 + number // 192 % 6}"
            student = f"{2027 - year}-{number:05}"
            rows.writerow([
                student, family, given, middle, suffix, "F" if is_woman else "M", born, chance.choice(PROGRAMMES), year,
                chance.choice("ABCD"), "Main", f"s{number:05}@example.edu", phone(),
                f"{spelt(chance.choice(WOMEN))} {family}", phone(),
            ])
