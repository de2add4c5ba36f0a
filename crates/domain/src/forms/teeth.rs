//! What a dental visit asks beside its teeth, which have records of their own, and the indices of gums and hygiene. The fields
//! are those of USC-PIS' dental record; the sources of scales stand at each.

use super::declare::{all, answered, any, finding, is, not, number, reading, scale};
use super::{Derived, Holds, Scale};
use crate::{form, parts};

/// All of them, in the order in which a mouth is examined.
pub(super) fn forms() -> [super::Spec; 3] {
    [visit(), bpe(), hygiene()]
}

/// What is asked before a treatment: nobody's silence is a no.
fn asked() -> Scale {
    scale("asked", &[("yes", "yes"), ("no", "no"), ("unknown", "unknown")])
}

/// Debris or calculus on a surface: none, on up to a third of it, on up to two thirds, on more (Greene and Vermillion 1964).
fn covered(name: &str) -> Scale {
    let thirds = [("0", "0 none"), ("1", "1 up to a third"), ("2", "2 up to two thirds"), ("3", "3 more")];
    scale(name, &thirds).edition("Greene and Vermillion 1964")
}

form! {
    /// What a dental visit asks. Findings, treatments, fees and files are records of their own, under their teeth. How much of
    /// an anaesthetic was given is reckoned, and no limit is told: a clinic's dentists have none signed here.
    visit: "dental.visit" @ 1, "Dental visit";
    fill [Nurse Dentist] sign [Dentist]
    section before "Before treatment" Stack {
        allergies "Allergies": asked(), ordinary, One, to_sign;
        medicines "Medicines": asked(), ordinary, One, to_sign;
        bleeding "Bleeds long, or thins the blood": asked(), ordinary, One, to_sign;
        valve "Heart valve": asked(), ordinary, One, to_sign;
        pregnancy "Pregnant": asked(), ordinary, One, to_sign;
        latex "Latex": asked(), ordinary, One, to_sign;
        more "Which": Holds::Text(300), ordinary, One =>
            any(["allergies", "medicines", "bleeding", "valve", "pregnancy", "latex"].map(|key| is(key, "yes")));
        // The last that is known: who has none says why.
        pressure "Blood pressure": reading("{upper} / {lower}", parts! {
            upper "Upper": number("mmHg", 0, "40", "300").asked("80", "180"), to_sign;
            lower "Lower": number("mmHg", 0, "20", "200").asked("50", "110"), to_sign;
        }), ordinary, One, to_sign;
    }
    section now "This visit" Stack {
        concern "What brings them": Holds::Text(300), ordinary, One;
        // A numeric rating: 0 none, 10 the worst.
        pain "Pain, 0 to 10": number("", 0, "0", "10"), ordinary, One;
        hygiene "Oral hygiene": scale("hygiene", &[
            ("excellent", "excellent"), ("good", "good"), ("fair", "fair"), ("poor", "poor"),
        ]), ordinary, One;
        gums "Gums": scale("gums", &[
            ("healthy", "healthy"), ("gingivitis", "gingivitis"), ("periodontitis", "periodontitis"), ("inflammation", "inflammation"),
        ]), ordinary, One;
    }
    section anaesthesia "Anaesthesia" Stack {
        anaesthesia "Anaesthesia": scale("anaesthesia", &[("none", "none"), ("given", "given")]), ordinary, One;
        dose "Dose": reading("{method} {agent} {named} {strength} {ml} {cartridges} {tooth}", parts! {
            method "How": scale("anaesthesia", &[
                ("topical", "topical"), ("infiltration", "infiltration"), ("block", "block"), ("sedation", "sedation"), ("general", "general"),
            ]), to_sign;
            agent "Agent": scale("agent", &[
                ("lidocaine", "lidocaine"), ("articaine", "articaine"), ("mepivacaine", "mepivacaine"), ("prilocaine", "prilocaine"),
                ("bupivacaine", "bupivacaine"), ("benzocaine", "benzocaine"), ("nitrous_oxide", "nitrous oxide"), ("other", "other"),
            ]), to_sign;
            named "Which agent": Holds::Text(60), to_sign => is("agent", "other");
            strength "Strength": number("%", 2, "0.1", "100").asked("0.5", "20"), to_sign => injected();
            vasoconstrictor "Vasoconstrictor": scale("vasoconstrictor", &[
                ("none", "none"), ("adrenaline_80", "adrenaline 1:80,000"), ("adrenaline_100", "adrenaline 1:100,000"),
                ("adrenaline_200", "adrenaline 1:200,000"), ("felypressin", "felypressin"), ("levonordefrin", "levonordefrin"),
            ]), to_sign => injected();
            ml "Amount": number("mL", 1, "0.1", "50").asked("0.2", "12");
            cartridges "Cartridges": number("", 2, "0.25", "20").step("0.25").asked("0.25", "6"), to_sign =>
                all([injected(), not(answered("ml"))]);
            // 1.7, 1.8 and 2.2 are sold.
            each "In a cartridge": number("mL", 1, "1", "3").asked("1.7", "2.2"), to_sign =>
                all([answered("cartridges"), not(answered("ml"))]);
            site "Where": Holds::Text(60);
            tooth "Tooth": Holds::Tooth;
            lot "Lot": Holds::Text(40);
            mg "Held": Holds::Derived(Derived::AnaestheticDose);
        }), ordinary, One, many, to_sign => is("anaesthesia", "given");
        given "Given in all": Holds::Derived(Derived::AnaestheticGiven), ordinary, One => is("anaesthesia", "given");
    }
    section after "Afterwards" Stack {
        materials "Materials": Holds::Text(300), ordinary, One;
        home_care "At home": Holds::Text(500), ordinary, One;
        next "Next visit": Holds::Text(100), ordinary, One;
        priority "Priority": scale("priority", &[
            ("low", "low"), ("medium", "medium"), ("high", "high"), ("urgent", "urgent"),
        ]), ordinary, One;
        referred_to "Referred to": Holds::Text(200), ordinary, One;
        note "Note": Holds::Text(1_000), ordinary, One;
    }
    checks [] line [concern pain gums anaesthesia next]
}

/// Of an injection its strength and its amount are told.
fn injected() -> super::Cond {
    any([is("method", "infiltration"), is("method", "block")])
}

form! {
    /// The gums by sextant (British Society of Periodontology 2019): 0 healthy, 1 bleeding, 2 calculus or a ledge, 3 a pocket of
    /// 3.5 to 5.5 mm, 4 one of more, each with * where a furcation is open; X where fewer than two teeth stand. Under 18 years six
    /// teeth are looked at, and up to 11 years they are told by 0, 1 and 2 alone.
    bpe: "dental.bpe" @ 1, "Gums by sextant (BPE)";
    fill [Nurse Dentist] sign [Dentist]
    section how "Which teeth" Stack {
        teeth "Looked at": scale("BPE teeth", &[
            ("all", "all teeth"), ("young", "{16} {11} {26} {36} {31} {46}, 12 to 17 years"),
            ("child", "{16} {11} {26} {36} {31} {46}, 7 to 11 years"),
        ]).edition("BSP 2019"), ordinary, One, to_sign;
    }
    section sextants "Sextants" Mouth {
        code "Code": scale("BPE", &[
            ("0", "0"), ("0*", "0*"), ("1", "1"), ("1*", "1*"), ("2", "2"), ("2*", "2*"), ("3", "3"), ("3*", "3*"),
            ("4", "4"), ("4*", "4*"), ("x", "X"),
        ]).edition("BSP 2019"), ordinary, Sextants, to_sign;
    }
    checks [GumsByAge] line [code]
}

form! {
    /// How clean the teeth are. The simplified index: the mean debris and the mean calculus of six surfaces, of which at least two
    /// are looked at (Greene and Vermillion 1964). The plaque record: surfaces with plaque of all four of each tooth (O'Leary, Drake
    /// and Naylor 1972). A tooth that is not there is left empty, and counts in neither.
    hygiene: "dental.hygiene" @ 1, "Oral hygiene";
    fill [Nurse Dentist] sign [Dentist]
    section index "Hygiene index: {16} {11} {26} {31} outside, {36} {46} inside" Mouth {
        debris "Debris": covered("debris"), ordinary, IndexTeeth;
        calculus "Calculus": covered("calculus"), ordinary, IndexTeeth;
        ohi_s "OHI-S": Holds::Derived(Derived::OralHygiene), ordinary, One;
    }
    section record "Plaque record" Mouth {
        plaque "Plaque": finding("tooth surface", &[
            ("M", "mesial"), ("D", "distal"), ("B", "buccal"), ("L", "lingual"),
        ]), ordinary, Teeth;
        share "Plaque record": Holds::Derived(Derived::PlaqueRecord), ordinary, One;
    }
    checks [] line [ohi_s share]
}
