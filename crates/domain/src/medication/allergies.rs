//! Whether a medicine meets an allergy: by its name, or by a class that both belong to.
//!
//! The classes are groups of the WHO's Anatomical Therapeutic Chemical classification (ATC/DDD index 2026, whose codes
//! stand beside each), with substances that are common in primary care by their international names and the British or
//! American ones where these differ. Penicillins and the cephalosporins with the same side chain meet one another, and
//! acetylsalicylic acid meets the other anti-inflammatories (J Allergy Clin Immunol Pract 2022; 10: 4-18). The clinic's
//! formulary takes this table's place when it comes.

use super::Medicine;
use crate::patients::{Allergy, plain, search_words};

/// How a medicine meets an allergy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meets {
    /// It is the substance, or has it in it.
    Name,
    /// Both belong to this class.
    Class(&'static str),
}

struct Class {
    name: &'static str,
    /// What people write who mean all of it.
    called: &'static [&'static str],
    members: &'static [&'static str],
}

const fn class(
    name: &'static str,
    called: &'static [&'static str],
    members: &'static [&'static str],
) -> Class {
    Class { name, called, members }
}

const CLASSES: &[Class] = &[
    // J01C
    class(
        "penicillins",
        &["penicillin", "penicillins", "beta-lactams", "betalactams"],
        &[
            "amoxicillin",
            "amoxycillin",
            "ampicillin",
            "bacampicillin",
            "benzylpenicillin",
            "cloxacillin",
            "co-amoxiclav",
            "coamoxiclav",
            "dicloxacillin",
            "flucloxacillin",
            "nafcillin",
            "oxacillin",
            "phenoxymethylpenicillin",
            "piperacillin",
            "sultamicillin",
            "ticarcillin",
            "augmentin",
        ],
    ),
    // J01DB to J01DE
    class(
        "cephalosporins",
        &["cephalosporin", "cephalosporins", "cefalosporin", "cefalosporins", "beta-lactams", "betalactams"],
        &[
            "cefaclor",
            "cefadroxil",
            "cefalexin",
            "cephalexin",
            "cefazolin",
            "cefdinir",
            "cefepime",
            "cefixime",
            "cefotaxime",
            "cefoxitin",
            "cefpodoxime",
            "cefprozil",
            "ceftazidime",
            "ceftriaxone",
            "cefuroxime",
        ],
    ),
    // J01C with J01DB01, J01DB05 and J01DC04, which share their side chains
    class(
        "aminopenicillins and cephalosporins like them",
        &["penicillin", "penicillins"],
        &[
            "amoxicillin",
            "amoxycillin",
            "ampicillin",
            "co-amoxiclav",
            "coamoxiclav",
            "cefaclor",
            "cefadroxil",
            "cefalexin",
            "cephalexin",
        ],
    ),
    // J01EA to J01EE
    class(
        "antibiotic sulfonamides",
        &["sulfa", "sulpha", "sulfas", "sulfonamide", "sulfonamides", "sulphonamides", "sulfa drugs"],
        &[
            "co-trimoxazole",
            "cotrimoxazole",
            "sulfadiazine",
            "sulfamethoxazole",
            "sulfasalazine",
            "sulfadoxine",
            "sulfacetamide",
            "bactrim",
        ],
    ),
    // M01A and N02BA01
    class(
        "anti-inflammatories",
        &["nsaid", "nsaids", "anti-inflammatories"],
        &[
            "aceclofenac",
            "acetylsalicylic acid",
            "aspirin",
            "celecoxib",
            "diclofenac",
            "etoricoxib",
            "ibuprofen",
            "indometacin",
            "indomethacin",
            "ketoprofen",
            "ketorolac",
            "mefenamic acid",
            "meloxicam",
            "naproxen",
            "piroxicam",
        ],
    ),
    // J01FA
    class(
        "macrolides",
        &["macrolide", "macrolides"],
        &["azithromycin", "clarithromycin", "erythromycin", "roxithromycin", "spiramycin"],
    ),
    // J01MA
    class(
        "quinolones",
        &["quinolone", "quinolones", "fluoroquinolone", "fluoroquinolones"],
        &["ciprofloxacin", "levofloxacin", "moxifloxacin", "nalidixic acid", "norfloxacin", "ofloxacin"],
    ),
    // J01AA
    class(
        "tetracyclines",
        &["tetracycline", "tetracyclines"],
        &["doxycycline", "lymecycline", "minocycline", "tigecycline"],
    ),
    // J01G
    class(
        "aminoglycosides",
        &["aminoglycoside", "aminoglycosides"],
        &["amikacin", "gentamicin", "kanamycin", "neomycin", "netilmicin", "streptomycin", "tobramycin"],
    ),
    // N02A and R05DA
    class(
        "opioids",
        &["opioid", "opioids", "opiate", "opiates"],
        &[
            "codeine",
            "dihydrocodeine",
            "fentanyl",
            "hydromorphone",
            "morphine",
            "nalbuphine",
            "oxycodone",
            "pethidine",
            "meperidine",
            "tramadol",
        ],
    ),
    // C09A
    class(
        "ACE inhibitors",
        &["ace inhibitor", "ace inhibitors"],
        &[
            "captopril",
            "enalapril",
            "fosinopril",
            "imidapril",
            "lisinopril",
            "perindopril",
            "quinapril",
            "ramipril",
        ],
    ),
    // N01BB
    class(
        "amide anaesthetics",
        &["amide anaesthetics", "amide anesthetics"],
        &[
            "articaine",
            "bupivacaine",
            "levobupivacaine",
            "lidocaine",
            "lignocaine",
            "mepivacaine",
            "ropivacaine",
        ],
    ),
];

impl Medicine {
    /// How this medicine, by its name or brand, meets `allergy`; nothing where it does not.
    #[must_use]
    pub fn meets(&self, allergy: &Allergy) -> Option<Meets> {
        let substance = allergy.substance.as_deref().unwrap_or_default();
        let names = [&self.name, &self.brand].into_iter().flatten();
        let names: Vec<&str> = names.map(String::as_str).collect();
        if names.iter().any(|name| shares_a_name(name, substance)) {
            return Some(Meets::Name);
        }
        let shared = CLASSES.iter().find(|class| {
            class.concerns(substance)
                && names.iter().any(|name| has_one_of(name, class.members) || class.is_called(name))
        });
        shared.map(|class| Meets::Class(class.name))
    }
}

impl Class {
    /// Whether somebody who reacts to `substance` may react to all of the class.
    fn concerns(&self, substance: &str) -> bool {
        self.is_called(substance) || has_one_of(substance, self.members)
    }

    fn is_called(&self, text: &str) -> bool {
        has_one_of(text, self.called)
    }
}

/// Words that say nothing of the substance.
const BESIDE: [&str; 20] = [
    "acid",
    "sodium",
    "potassium",
    "calcium",
    "hydrochloride",
    "hcl",
    "sulfate",
    "sulphate",
    "tablet",
    "capsule",
    "syrup",
    "injection",
    "cream",
    "forte",
    "plus",
    "oral",
    "allergy",
    "products",
    "drugs",
    "vaccine",
];

/// Whether both texts have a word in common that names a substance, but for a slip.
fn shares_a_name(one: &str, other: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let words = search_words(text).into_iter();
        words.filter(|word| word.chars().count() > 3 && !BESIDE.contains(&word.as_str())).collect()
    };
    let others = words(other);
    words(one).iter().any(|word| others.iter().any(|other| same(word, other)))
}

/// Whether a name of `known` stands in `text`, but for a slip.
fn has_one_of(text: &str, known: &[&str]) -> bool {
    let text = letters(text);
    let words: Vec<&str> = text.split(' ').collect();
    known.iter().any(|name| {
        let name = letters(name);
        let parts = name.split(' ').count();
        words.windows(parts).any(|window| same(&window.concat(), &name.replace(' ', "")))
    })
}

/// The words of a text with what stands within them joined: `co-trimoxazole` is `cotrimoxazole`.
fn letters(text: &str) -> String {
    let kept = plain(text).replace(['-', '.'], "");
    kept.split(|sign: char| !sign.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Whether both are one word. A letter may differ in a long one, but for the first: `cefixime` is not `cefotaxime`.
fn same(one: &str, other: &str) -> bool {
    let shorter = one.chars().count().min(other.chars().count());
    let slips = if shorter >= 8 { 1 } else { 0 };
    one.chars().next() == other.chars().next() && strsim::osa_distance(one, other) <= slips
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meets(medicine: &str, substance: &str) -> Option<Meets> {
        let medicine = Medicine { name: Some(medicine.to_owned()), ..Medicine::default() };
        medicine.meets(&Allergy { substance: Some(substance.to_owned()), ..Allergy::default() })
    }

    #[test]
    fn a_medicine_meets_the_allergy_to_itself_and_to_its_class_however_it_is_written() {
        for (medicine, substance) in [
            ("Amoxicillin", "amoxicillin"),
            ("Amoxicillin 500 mg capsule", "Amoxicilin"),
            ("Co-amoxiclav (amoxicillin, clavulanic acid)", "AMOXICILLIN"),
            ("Mefenamic acid", "mefenamic"),
        ] {
            assert_eq!(meets(medicine, substance), Some(Meets::Name), "{medicine} {substance}");
        }
        for (medicine, substance, class) in [
            ("Amoxicillin", "Penicillin", "penicillins"),
            ("amoxicilin", "penicilin", "penicillins"),
            ("Ampicillin", "Amoxicillin", "penicillins"),
            ("Cefalexin", "Penicillin", "aminopenicillins and cephalosporins like them"),
            ("Ceftriaxone", "Cefixime", "cephalosporins"),
            ("Cotrimoxazole", "Sulfa drugs", "antibiotic sulfonamides"),
            ("Co-trimoxazole", "sulfamethoxazole", "antibiotic sulfonamides"),
            ("Ibuprofen", "NSAIDs", "anti-inflammatories"),
            ("Ibuprofen", "Aspirin", "anti-inflammatories"),
            ("Lisinopril", "Enalapril", "ACE inhibitors"),
        ] {
            assert_eq!(meets(medicine, substance), Some(Meets::Class(class)), "{medicine} {substance}");
        }
    }

    #[test]
    fn what_shares_neither_is_not_asked_about() {
        for (medicine, substance) in [
            ("Paracetamol", "Penicillin"),
            ("Azithromycin", "Penicillin"),
            ("Ceftriaxone", "Penicillin"),
            ("Furosemide", "Sulfa"),
            ("Folic acid", "Mefenamic acid"),
            ("Amoxicillin", "Eggs"),
            ("Amoxicillin", ""),
            ("", "Penicillin"),
            ("Losartan potassium", "Diclofenac potassium"),
            ("Erythropoietin", "Erythromycin"),
        ] {
            assert_eq!(meets(medicine, substance), None, "{medicine} {substance}");
        }
    }

    #[test]
    fn a_brand_is_looked_at_too() {
        let medicine = Medicine {
            name: Some("Antibiotic".to_owned()),
            brand: Some("Augmentin".to_owned()),
            ..Medicine::default()
        };
        let penicillin = Allergy { substance: Some("Penicillin".to_owned()), ..Allergy::default() };
        assert_eq!(medicine.meets(&penicillin), Some(Meets::Class("penicillins")));
    }
}
