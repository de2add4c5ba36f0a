//! Invented people of several cultures, the same for the same number: names as they are written, and
//! what somebody in a hurry types to find them. Nobody of these exists.

use serde_json::{Value, json};

/// An invented person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Family name, or names.
    pub family: String,
    /// Given names.
    pub given: String,
    /// Middle name: the mother's family in the Philippines, a generation's in Vietnam.
    pub middle: Option<String>,
    /// Date of birth.
    pub birth_date: String,
    /// Student number.
    pub number: String,
    /// Telephone.
    pub phone: String,
}

/// How somebody types a name who does not know it well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Typed {
    /// In lower case without accents.
    Plain,
    /// Family name first, accents and all.
    Reversed,
    /// The last word broken off.
    Partial,
    /// A letter left out.
    Dropped,
    /// Two letters exchanged.
    Swapped,
    /// A letter struck twice.
    Doubled,
    /// As it sounds.
    Heard,
}

impl Typed {
    /// Every way.
    pub const ALL: [Self; 7] = [
        Self::Plain,
        Self::Reversed,
        Self::Partial,
        Self::Dropped,
        Self::Swapped,
        Self::Doubled,
        Self::Heard,
    ];
}

/// The invented person of this number.
#[must_use]
pub fn person(number: u64) -> Person {
    let mut chance = Chance(number);
    let (family, given, middle) = match number % 5 {
        0 | 1 => filipino(&mut chance),
        2 => spanish(&mut chance),
        3 => vietnamese(&mut chance),
        _ => irish(&mut chance),
    };
    let (year, month, day) = (1930 + chance.below(90), 1 + chance.below(12), 1 + chance.below(28));
    Person {
        family,
        given,
        middle,
        birth_date: format!("{year}-{month:02}-{day:02}"),
        number: format!("{}-{:03}-{:03}", 2005 + chance.below(20), number / 1000, number % 1000),
        phone: format!("+63 9{:02} {:03} {:04}", chance.below(100), chance.below(1000), chance.below(10_000)),
    }
}

impl Person {
    /// The details of a registration.
    #[must_use]
    pub fn details(&self) -> Value {
        json!({
            "family": self.family,
            "given": self.given,
            "middle": self.middle,
            "birth_date": self.birth_date,
            "identifiers": {"1": {"system": "student", "value": self.number}},
            "contacts": {"1": {"system": "phone", "value": self.phone}},
        })
    }

    /// What somebody types to find this person.
    #[must_use]
    pub fn typed(&self, how: Typed) -> String {
        let mut chance = Chance(self.number.bytes().fold(7, |sum, byte| sum * 31 + u64::from(byte)));
        match how {
            Typed::Plain => domain::patients::plain(&format!("{} {}", self.given, self.family)),
            Typed::Reversed => format!("{}, {}", self.family, self.given),
            how => {
                let name = domain::patients::plain(&format!("{} {}", self.given, self.family));
                let mut words: Vec<String> = name.split([' ', '-']).map(ToOwned::to_owned).collect();
                let longest = words.iter().map(|word| word.chars().count()).max().unwrap_or_default();
                let at = match how {
                    Typed::Partial => words.len() - 1,
                    // Whoever mistypes a name mistypes a long word of it.
                    _ => words.iter().rposition(|word| word.chars().count() == longest).unwrap_or_default(),
                };
                words[at] = mistyped(&words[at], how, &mut chance);
                words.join(" ")
            }
        }
    }
}

fn mistyped(word: &str, how: Typed, chance: &mut Chance) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    // The first letter is the one that people know.
    let at =
        1 + usize::try_from(chance.below(letters.len().saturating_sub(2).max(1) as u64)).unwrap_or_default();
    match how {
        Typed::Partial => letters.truncate(letters.len().min(4)),
        Typed::Dropped if letters.len() > 3 => drop(letters.remove(at)),
        Typed::Swapped if letters.len() > 3 => letters.swap(at, at + 1),
        Typed::Doubled => letters.insert(at, letters[at.min(letters.len() - 1)]),
        Typed::Heard => return heard(word),
        _ => {}
    }
    letters.into_iter().collect()
}

/// The word with its first sound written another way.
fn heard(word: &str) -> String {
    const SOUNDS: [(&str, &str); 12] = [
        ("ph", "f"),
        ("gh", "g"),
        ("qu", "k"),
        ("ck", "k"),
        ("c", "k"),
        ("z", "s"),
        ("v", "b"),
        ("y", "i"),
        ("j", "h"),
        ("ll", "l"),
        ("i", "e"),
        ("o", "u"),
    ];
    let sound = SOUNDS.iter().find(|(sound, _)| word.get(1..).is_some_and(|rest| rest.contains(sound)));
    let Some((sound, other)) = sound else { return word.to_owned() };
    let (first, rest) = word.split_at(1);
    format!("{first}{}", rest.replacen(sound, other, 1))
}

type Name = (String, String, Option<String>);

fn filipino(chance: &mut Chance) -> Name {
    let family = chance.of(FILIPINO_FAMILY);
    let mother = chance.of(FILIPINO_FAMILY);
    (family, format!("{} {}", chance.of(FILIPINO_GIVEN), chance.of(FILIPINO_SECOND)), Some(mother))
}

fn spanish(chance: &mut Chance) -> Name {
    let family = format!("{} {}", chance.of(SPANISH_FAMILY), chance.of(SPANISH_FAMILY));
    (family, chance.of(SPANISH_GIVEN), None)
}

fn vietnamese(chance: &mut Chance) -> Name {
    let given = format!("{} {}", chance.of(VIETNAMESE_GIVEN), chance.of(VIETNAMESE_GIVEN));
    (chance.of(VIETNAMESE_FAMILY), given, Some(chance.of(VIETNAMESE_MIDDLE)))
}

fn irish(chance: &mut Chance) -> Name {
    let family = format!("{}{}", chance.of(IRISH_PREFIX), chance.of(IRISH_FAMILY));
    let given = chance.of(IRISH_GIVEN);
    let middle = chance.of(IRISH_GIVEN);
    (family, given, Some(middle))
}

/// Numbers without a pattern (splitmix64, Steele, Lea and Flood 2014).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    /// One of these names, which stand apart by commas.
    fn of(&mut self, names: &str) -> String {
        let names: Vec<&str> = names.split(", ").collect();
        let at = self.below(names.len() as u64);
        names[usize::try_from(at).unwrap_or_default()].to_owned()
    }
}

const FILIPINO_FAMILY: &str = "\
    Abalos, Agbayani, Alcantara, Aquino, Bacani, Balagtas, Bautista, Buenaventura, Cabrera, \
    Calderón, Catacutan, Cayabyab, Custodio, Dalisay, de Guzman, dela Cruz, del Rosario, Dimaano, \
    Dimaculangan, Evangelista, Fajardo, Galang, Gatchalian, Guinto, Ilagan, Lacsamana, Macaraeg, \
    Macapagal, Magsaysay, Manalo, Mangubat, Marasigan, Natividad, Ocampo, Pangilinan, Panganiban, \
    Quiambao, Quizon, Roxas, Salonga, Samonte, Sumulong, Tanchanco, Tolentino, Valdez, Villanueva, \
    Yuchengco, Zamora";

const FILIPINO_GIVEN: &str = "\
    Althea, Andrea, Angelica, Benigno, Bituin, Carmela, Crisanto, Dalisay, Danilo, Diwa, Efren, \
    Esperanza, Ferdinand, Gregorio, Hiraya, Imelda, Isagani, Jejomar, Jerome, Jocelyn, Kristine, \
    Lakambini, Ligaya, Luzviminda, Maricel, Marikit, Mayumi, Nenita, Nicanor, Paolo, Princess, \
    Rodrigo, Rosalinda, Rowena, Sampaguita, Tala, Teodoro, Vicente, Wilfredo, Ysabel";

const FILIPINO_SECOND: &str = "\
    Angelo, Bernadette, Cecilia, Concepción, Cristina, Dominic, Emmanuel, Faith, Francis, Grace, \
    Immaculada, Joy, Lourdes, Mae, Mark, Mercedes, Miguel, Niño, Pilar, Rafael, Rose, Soledad, \
    Teresita, Victoria";

const SPANISH_FAMILY: &str = "\
    Álvarez, Arévalo, Benítez, Bermúdez, Cárdenas, Castellanos, Chávez, Domínguez, Echeverría, \
    Escudero, Fernández, Figueroa, Gallardo, García, Guzmán, Hernández, Ibáñez, Iglesias, Jiménez, \
    Lozano, Maldonado, Márquez, Mejía, Muñoz, Nuñez, Ordóñez, Ortega, Paredes, Peña, Quintero, \
    Ramírez, Robledo, Sáenz, Salazar, Treviño, Urrutia, Vásquez, Villalobos, Yáñez, Zúñiga";

const SPANISH_GIVEN: &str = "\
    Adrián, Alejandra, Andrés, Beatriz, Belén, César, Consuelo, Daniela, Débora, Eduardo, Esteban, \
    Fabián, Gabriela, Gonzalo, Guadalupe, Gustavo, Héctor, Inés, Joaquín, José, Leticia, Lucía, \
    Martín, Mónica, Nicolás, Óscar, Patricia, Ramón, Rocío, Sebastián, Ximena, Yolanda";

const VIETNAMESE_FAMILY: &str = "\
    Nguyễn, Nguyễn, Nguyễn, Trần, Trần, Lê, Phạm, Huỳnh, Hoàng, Vũ, Đặng, Bùi, Đỗ, Ngô";

const VIETNAMESE_MIDDLE: &str = "Thị, Văn, Hữu, Đức, Ngọc, Quang, Minh, Xuân";

const VIETNAMESE_GIVEN: &str = "\
    Anh, Bảo, Bích, Châu, Chi, Cường, Diễm, Dũng, Giang, Hạnh, Hiếu, Hoa, Hương, Khánh, Khôi, Lan, \
    Linh, Loan, Long, Mai, Nam, Nga, Nhung, Phong, Phương, Quỳnh, Sơn, Tâm, Thảo, Thủy, Trang, \
    Trinh, Tuấn, Tuyết, Việt, Yến";

const IRISH_PREFIX: &str = ", O’, O', Mac , Mc";

const IRISH_FAMILY: &str = "\
    Brádaigh, Brennan, Byrne, Callaghan, Cassidy, Connolly, Darragh, Donoghue, Dubhghaill, Fallon, \
    Farrell, Fitzgerald, Flaherty, Flynn, Gallagher, Geoghegan, Grainne, Hanlon, Kavanagh, Keeffe, \
    Kelleher, Loughlin, Mahony, Malley, Moriarty, Neill, Phelan, Quigley, Rourke, Shaughnessy, \
    Sullivan, Tierney";

const IRISH_GIVEN: &str = "\
    Aisling, Aoife, Brendan, Bríd, Caoimhe, Cathal, Ciarán, Clodagh, Colm, Cormac, Declan, Deirdre, \
    Diarmuid, Éamon, Eilís, Éanna, Fergus, Fionnuala, Gráinne, Lorcán, Máire, Niamh, Nollaig, \
    Oisín, Órla, Pádraig, Róisín, Ruairí, Saoirse, Seán, Siobhán, Tadhg";

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Typed, person};

    #[test]
    fn a_number_is_always_the_same_person_and_most_are_somebody_of_their_own() {
        assert_eq!(person(4711), person(4711));
        let names: BTreeSet<(String, String, String)> =
            (0..2000).map(person).map(|person| (person.family, person.given, person.birth_date)).collect();
        assert!(names.len() > 1990, "{}", names.len());
    }

    #[test]
    fn every_way_to_mistype_says_something_and_mistyping_changes_the_name() {
        for number in 0..200 {
            let person = person(number);
            for how in Typed::ALL {
                assert!(person.typed(how).len() > 3, "{person:?} {how:?}");
            }
            let plain = person.typed(Typed::Plain);
            let long = plain.split([' ', '-']).any(|word| word.len() > 3);
            assert_eq!(person.typed(Typed::Dropped) != plain.replace('-', " "), long, "{person:?}");
        }
    }
}
