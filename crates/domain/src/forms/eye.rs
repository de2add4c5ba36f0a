//! The numbers of an eye. The fields are those of OpenEyes', OpenEMR's and PreciseOptics' examinations that a clinic asks
//! for; the sources of limits and scales stand at each.

use super::declare::{all, answered, any, finding, is, not, number, reading, scale};
use super::{Derived, Holds};
use crate::{form, parts};

/// All of them, in the order in which an eye is examined.
pub(super) fn forms() -> [super::Spec; 8] {
    [acuity(), refraction(), pupils(), pressure(), slit_lamp(), disc(), fundus(), diabetic()]
}

form! {
    /// How sharply each eye sees. Design distances: Snellen 6 m or 20 ft, logMAR and ETDRS 4 m, Kay and Lea 3 m, Cardiff
    /// 1 m; near 40 cm.
    acuity: "eye.acuity" @ 1, "Visual acuity";
    fill [Nurse Optometrist Doctor] sign [Optometrist Doctor]
    section distance "Distance" Rows {
        va "Acuity": reading("{value} {with}", parts! {
            chart "Chart": scale("chart", &[
                ("snellen_m", "Snellen, metres"), ("snellen_ft", "Snellen, feet"), ("decimal", "Decimal"),
                ("logmar", "logMAR"), ("etdrs", "ETDRS letters"), ("kay", "Kay pictures"), ("lea", "Lea symbols"),
                ("cardiff", "Cardiff cards"), ("hotv", "HOTV"), ("landolt", "Landolt C"),
                ("tumbling_e", "Tumbling E"), ("grating", "Gratings, cycles a degree"), ("behaviour", "Behaviour"),
            ]), to_sign;
            cm "Distance": number("cm", 0, "5", "1000");
            value "Acuity": Holds::Acuity, to_sign;
            with "With": scale("correction", &[
                ("unaided", "unaided"), ("own_glasses", "own glasses"), ("own_lenses", "own contact lenses"),
                ("pinhole", "pinhole"), ("best", "best corrected"), ("trial", "trial lenses"),
            ]), to_sign;
            head "Head": scale("head", &[("straight", "straight"), ("turned", "turned")]);
            logmar "logMAR": Holds::Derived(Derived::LogMar);
            letters "Letters": Holds::Derived(Derived::Letters);
        }), ordinary, RightLeftBoth, many, to_sign;
    }
    section near "Near" Rows {
        near "Near acuity": reading("{value} {with}", parts! {
            notation "Print size": scale("near", &[("n", "N"), ("m", "M"), ("logmar", "logMAR"), ("jaeger", "Jaeger")]), to_sign;
            cm "Distance": number("cm", 0, "5", "200").asked("20", "70");
            value "Smallest print": Holds::Near, to_sign;
            with "With": scale("near correction", &[
                ("unaided", "unaided"), ("own_glasses", "own glasses"), ("own_lenses", "own contact lenses"), ("add", "reading addition"),
            ]);
            logmar "logMAR": Holds::Derived(Derived::NearLogMar);
        }), ordinary, RightLeftBoth, many;
    }
    checks [AcuityHolds] line [va]
}

form! {
    /// The lens that each eye needs, or wears. Limits that only ask are ours.
    refraction: "eye.refraction" @ 1, "Refraction";
    fill [Nurse Optometrist Doctor] sign [Optometrist Doctor]
    section lenses "Lenses" Rows {
        lens "Refraction": reading("{sph} {cyl} ×{axis} {method}", parts! {
            method "Method": scale("method", &[
                ("own_glasses", "own glasses"), ("own_lenses", "own contact lenses"), ("autorefractor", "autorefractor"),
                ("retinoscopy", "retinoscopy"), ("subjective", "subjective"), ("cycloplegic", "cycloplegic"),
                ("over", "over-refraction"),
            ]), to_sign;
            sph "Sphere": number("D", 2, "-40", "40").asked("-12", "12").signed(), to_sign;
            cyl "Cylinder": number("D", 2, "-15", "15").asked("-6", "6").signed();
            // That 0 is written 180 the form itself says, with the lens that is meant.
            axis "Axis": number("°", 0, "0", "180");
            add "Addition": number("D", 2, "0.25", "4").asked("0.25", "3.5").signed();
            prism_h "Prism, in or out": number("Δ", 2, "0", "20");
            base_h "Base": scale("base", &[("in", "in"), ("out", "out")]), to_sign => answered("prism_h");
            prism_v "Prism, up or down": number("Δ", 2, "0", "20");
            base_v "Base, vertical": scale("base", &[("up", "up"), ("down", "down")]), to_sign => answered("prism_v");
            vertex "Vertex": number("mm", 1, "8", "20").asked("10", "15");
            va "Acuity with it": Holds::Text(20);
            wd "Working distance": number("cm", 0, "10", "200");
            se "Equivalent": Holds::Derived(Derived::SphericalEquivalent);
            transposed "Transposed": Holds::Derived(Derived::Transposed);
            cornea "At the cornea": Holds::Derived(Derived::AtCornea);
        }), ordinary, RightLeft, many, to_sign;
    }
    section pupils "Between the pupils" Columns {
        pd_eye "From the nose": number("mm", 1, "20", "40").step("0.5"), ordinary, RightLeft;
        pd "Pupil to pupil": number("mm", 1, "40", "80").step("0.5"), ordinary, One;
        pd_near "For near": number("mm", 1, "40", "80").step("0.5"), ordinary, One;
        dominant "Leading eye": scale("eye", &[("right", "right"), ("left", "left"), ("neither", "neither")]), ordinary, One;
    }
    checks [Lens LensAgrees] line [lens]
}

form! {
    /// Both pupils.
    pupils: "eye.pupils" @ 1, "Pupils";
    fill [Nurse Optometrist Doctor] sign [Optometrist Doctor]
    section pupils "Pupils" Columns {
        bright "In bright light": number("mm", 1, "0.5", "10").step("0.5").asked("1.5", "9"), ordinary, RightLeft;
        dim "In dim light": number("mm", 1, "0.5", "10").step("0.5").asked("1.5", "9"), ordinary, RightLeft;
        light "To light": scale("reaction", &[("brisk", "brisk"), ("sluggish", "sluggish"), ("none", "none")]), ordinary, RightLeft, to_sign;
        near "To near": scale("reaction", &[("brisk", "brisk"), ("sluggish", "sluggish"), ("none", "none")]), ordinary, RightLeft;
        rapd "Relative afferent defect": scale("rapd", &[
            ("none", "none"), ("trace", "trace"), ("1", "1+"), ("2", "2+"), ("3", "3+"), ("4", "4+"),
        ]), ordinary, RightLeft, to_sign;
        shape "Shape": finding("pupil", &[
            ("irregular", "irregular"), ("synechiae", "synechiae"), ("surgical", "surgical"), ("coloboma", "coloboma"),
        ]), ordinary, RightLeft;
        drops "Under drops": Holds::Text(100), ordinary, RightLeft;
    }
    checks [PupilsAlike] line [light rapd]
}

form! {
    /// Pressure of the eyes. Reference 10 to 21 mmHg; somebody acts from 35 (the clinic confirms). Corneal thickness corrects
    /// nothing.
    pressure: "eye.pressure" @ 1, "Eye pressure";
    fill [Nurse Optometrist Doctor] sign [Optometrist Doctor]
    section readings "Readings" Rows {
        iop "Pressure": reading("{value} {felt} {method}", parts! {
            method "Method": scale("tonometer", &[
                ("goldmann", "Goldmann"), ("perkins", "Perkins"), ("rebound", "rebound"), ("noncontact", "air puff"),
                ("tonopen", "Tono-Pen"), ("dynamic", "dynamic contour"), ("pneumatic", "pneumatic"), ("ora_g", "ORA, Goldmann"),
                ("ora_cc", "ORA, corrected"), ("palpation", "with the fingers"),
            ]), to_sign;
            value "Pressure": number("mmHg", 1, "0", "80").asked("5", "30").since_last("8"), to_sign => not(is("method", "palpation"));
            felt "Felt": scale("felt", &[("soft", "soft"), ("normal", "normal"), ("hard", "hard")]), to_sign => is("method", "palpation");
            at "Time": Holds::Time, to_sign;
            drops "After drops": Holds::Text(100);
            posture "Posture": scale("posture", &[("sitting", "sitting"), ("lying", "lying")]);
        }), ordinary, RightLeft, many, to_sign;
    }
    section eye "The eye" Columns {
        target "Target": number("mmHg", 0, "5", "40").asked("8", "24"), critical, RightLeft;
        cct "Corneal thickness": number("µm", 0, "200", "1000").asked("420", "700"), ordinary, RightLeft;
        cct_method "Measured by": scale("pachymeter", &[
            ("ultrasound", "ultrasound"), ("optical", "optical"), ("oct", "OCT"),
        ]), ordinary, RightLeft => answered("cct");
    }
    checks [Pressure] line [iop]
}

form! {
    /// The front of each eye, in short. Cells and flare as the SUN working group grades them.
    slit_lamp: "eye.slit_lamp" @ 1, "Slit lamp, short";
    fill [Nurse Optometrist Doctor] sign [Optometrist Doctor]
    section front "Front of the eye" Columns {
        lids "Lids and lashes": finding("lids", &[
            ("blepharitis", "blepharitis"), ("ptosis", "ptosis"), ("swelling", "swelling"), ("entropion", "entropion"),
            ("ectropion", "ectropion"), ("chalazion", "chalazion"), ("trichiasis", "trichiasis"),
        ]), ordinary, RightLeft;
        conjunctiva "Conjunctiva": finding("conjunctiva", &[
            ("injection", "injection"), ("follicles", "follicles"), ("papillae", "papillae"), ("haemorrhage", "haemorrhage"),
            ("pterygium", "pterygium"), ("discharge", "discharge"),
        ]), ordinary, RightLeft;
        cornea "Cornea": finding("cornea", &[
            ("staining", "staining"), ("oedema", "oedema"), ("opacity", "opacity"), ("ulcer", "ulcer"),
            ("foreign_body", "foreign body"), ("precipitates", "precipitates"), ("vessels", "vessels"),
        ]), ordinary, RightLeft;
        chamber "Chamber": scale("chamber", &[("deep", "deep"), ("shallow", "shallow"), ("flat", "flat")]), ordinary, RightLeft;
        cells "Cells": scale("SUN", &[
            ("0", "0"), ("0.5", "0.5+"), ("1", "1+"), ("2", "2+"), ("3", "3+"), ("4", "4+"),
        ]), ordinary, RightLeft;
        flare "Flare": scale("SUN", &[("0", "0"), ("1", "1+"), ("2", "2+"), ("3", "3+"), ("4", "4+")]), ordinary, RightLeft;
        iris "Iris": finding("iris", &[
            ("synechiae", "synechiae"), ("new_vessels", "new vessels"), ("atrophy", "atrophy"), ("iridotomy", "iridotomy"),
        ]), ordinary, RightLeft;
        lens "Lens": finding("lens", &[
            ("cataract", "cataract"), ("iol", "artificial lens"), ("aphakia", "no lens"), ("capsule", "capsule clouded"),
        ]), ordinary, RightLeft;
        iol_place "Artificial lens lies": scale("lens place", &[
            ("bag", "in the bag"), ("sulcus", "in the sulcus"), ("chamber", "in the chamber"), ("dislocated", "dislocated"),
        ]), ordinary, RightLeft => is("lens", "iol");
    }
    checks [] line [cornea lens]
}

form! {
    /// Both optic discs.
    disc: "eye.disc" @ 1, "Optic disc";
    fill [Nurse Optometrist Doctor] sign [Optometrist Doctor]
    section disc "Disc" Columns {
        cd_v "Cup to disc, vertical": number("", 2, "0", "1").step("0.05").asked("0", "0.9"), ordinary, RightLeft, to_sign;
        cd_h "Cup to disc, horizontal": number("", 2, "0", "1").step("0.05").asked("0", "0.9"), ordinary, RightLeft;
        size "Height": number("mm", 1, "0.5", "4"), ordinary, RightLeft;
        size_lens "Seen through": Holds::Text(40), ordinary, RightLeft => answered("size");
        rim "Rim": finding("rim", &[("notch", "notch"), ("thin", "thin"), ("pale", "pale")]), ordinary, RightLeft;
        haemorrhage "Haemorrhage": finding("disc haemorrhage", &[("present", "present")]), ordinary, RightLeft;
        fibres "Nerve fibres": finding("nerve fibres", &[("wedge", "wedge lost"), ("diffuse", "diffuse loss")]), ordinary, RightLeft;
        around "Around the disc": finding("peripapillary", &[
            ("atrophy_alpha", "alpha atrophy"), ("atrophy_beta", "beta atrophy"), ("crescent", "crescent"),
        ]), ordinary, RightLeft;
        pallor "Colour": finding("pallor", &[("pale", "pale"), ("sector", "pale in a sector")]), ordinary, RightLeft;
        swelling "Margin": finding("swelling", &[("swollen", "swollen"), ("blurred", "blurred")]), ordinary, RightLeft;
    }
    checks [DiscsAlike] line [cd_v]
}

form! {
    /// The back of each eye, in short.
    fundus: "eye.fundus" @ 1, "Fundus, short";
    fill [Nurse Optometrist Doctor] sign [Optometrist Doctor]
    section how "How" Columns {
        how "Seen by": scale("ophthalmoscopy", &[
            ("direct", "direct"), ("indirect", "indirect"), ("slit_lamp", "slit lamp"), ("wide_field", "wide field"),
        ]), ordinary, One, to_sign;
        seen "View": scale("view", &[("good", "good"), ("fair", "fair"), ("poor", "poor"), ("no", "none")]), ordinary, RightLeft, to_sign;
    }
    section back "Back of the eye" Columns {
        vitreous "Vitreous": finding("vitreous", &[
            ("detached", "detached"), ("haemorrhage", "haemorrhage"), ("cells", "cells"), ("floaters", "floaters"),
        ]), ordinary, RightLeft;
        macula "Macula": finding("macula", &[
            ("drusen", "drusen"), ("oedema", "oedema"), ("exudates", "exudates"), ("haemorrhage", "haemorrhage"),
            ("scar", "scar"), ("hole", "hole"), ("membrane", "membrane"),
        ]), ordinary, RightLeft;
        vessels "Vessels": finding("vessels", &[
            ("narrowed", "narrowed"), ("nicking", "nicking"), ("occlusion", "occlusion"), ("new_vessels", "new vessels"),
            ("sheathing", "sheathing"),
        ]), ordinary, RightLeft;
        periphery "Periphery": finding("periphery", &[
            ("tear", "tear"), ("detachment", "detachment"), ("lattice", "lattice"), ("laser", "laser scars"),
            ("haemorrhages", "haemorrhages"),
        ]), ordinary, RightLeft;
    }
    checks [] line [macula]
}

form! {
    /// The grade of a diabetic eye. It is of its scale in its edition, and none is turned into another: the International Clinical
    /// scale of 2003; England's of 2021 (gov.uk, 27 August 2021), and that of May 2025 (gov.uk, 12 May 2025), which parts R2 into R2L
    /// and R2H. P1 is laser that was seen.
    diabetic: "eye.diabetic" @ 1, "Diabetic eye, grade";
    fill [Nurse Optometrist Doctor] sign [Optometrist Doctor]
    section grade "Grade" Columns {
        scale "Scale": scale("diabetic scale", &[
            ("icdr_2003", "ICDR 2003"), ("england_2021", "England 2021"), ("england_2025", "England, May 2025"),
        ]), critical, One, to_sign;
        gradable "Can be graded": scale("gradable", &[("yes", "yes"), ("no", "no")]), ordinary, RightLeft, to_sign;
        icdr "Retinopathy, ICDR 2003": scale("ICDR", &[
            ("0", "0 none"), ("1", "1 mild"), ("2", "2 moderate"), ("3", "3 severe"), ("4", "4 proliferative"),
        ]).edition("2003"), critical, RightLeft, to_sign => graded("icdr_2003");
        icdr_macula "Macular oedema": scale("ICDR macula", &[
            ("none", "none"), ("outside", "not the centre"), ("centre", "the centre"),
        ]).edition("2003"), critical, RightLeft, to_sign => graded("icdr_2003");
        england_2021 "Retinopathy, England 2021": scale("England", &[
            ("R0", "R0"), ("R1", "R1"), ("R2", "R2"), ("R3A", "R3A active"), ("R3S", "R3S stable, treated"), ("U", "U"),
        ]).edition("2021"), critical, RightLeft, to_sign => graded("england_2021");
        england_2025 "Retinopathy, England, May 2025": scale("England", &[
            ("R0", "R0"), ("R1", "R1"), ("R2L", "R2L"), ("R2H", "R2H"), ("R3A", "R3A active"), ("R3S", "R3S stable, treated"), ("U", "U"),
        ]).edition("May 2025"), critical, RightLeft, to_sign => graded("england_2025");
        macula "Maculopathy": scale("England macula", &[("M0", "M0"), ("M1", "M1")]), critical, RightLeft, to_sign =>
            any([graded("england_2021"), graded("england_2025")].into());
        laser "Laser seen": scale("England laser", &[("P0", "P0"), ("P1", "P1")]), critical, RightLeft, to_sign =>
            any([graded("england_2021"), graded("england_2025")].into());
    }
    checks [] line [icdr england_2021 england_2025]
}

/// By this scale, of an eye that can be graded.
fn graded(scale: &str) -> super::Cond {
    all([is("scale", scale), not(is("gradable", "no"))].into())
}
