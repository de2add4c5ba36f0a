//! Pictures and files that a window fetches beside its calls: each once, by an id that nobody can guess.

/// A picture or a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Its media type.
    pub media_type: &'static str,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What was made and not fetched yet, oldest first. It goes with the session.
#[derive(Debug, Default)]
pub(crate) struct Pictures(Vec<Kept>);

#[derive(Debug)]
struct Kept {
    id: String,
    made: u64,
    picture: Picture,
}

/// More than any screen shows at once.
const MOST: usize = 128;
const MOST_BYTES: usize = 64 << 20;
/// Nobody fetches what was made more than two minutes ago, in milliseconds.
const AGE: u64 = 120_000;

impl Pictures {
    /// Keeps what was made at `now` on the clock that only runs forward.
    pub(crate) fn keep(&mut self, now: u64, made: Vec<(String, Picture)>) {
        self.age(now);
        self.0.extend(made.into_iter().map(|(id, picture)| Kept { id, made: now, picture }));
        while self.0.len() > MOST || self.bytes() > MOST_BYTES {
            self.0.remove(0);
        }
    }

    /// Gives the picture of this id away.
    pub(crate) fn take(&mut self, now: u64, id: &str) -> Option<Picture> {
        self.age(now);
        let place = self.0.iter().position(|kept| kept.id == id)?;
        Some(self.0.remove(place).picture)
    }

    /// Forgets all.
    pub(crate) fn forget(&mut self) {
        self.0.clear();
    }

    fn age(&mut self, now: u64) {
        self.0.retain(|kept| now.saturating_sub(kept.made) < AGE);
    }

    fn bytes(&self) -> usize {
        self.0.iter().map(|kept| kept.picture.bytes.len()).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(id: &str, length: usize) -> (String, Picture) {
        (id.to_owned(), Picture { media_type: "image/png", bytes: vec![0; length] })
    }

    #[test]
    fn a_picture_is_given_once_and_not_after_two_minutes() {
        let mut pictures = Pictures::default();
        pictures.keep(1_000, vec![made("a", 3), made("b", 3), made("c", 3)]);
        assert!(pictures.take(1_000, "a").is_some());
        assert_eq!(pictures.take(1_000, "a"), None);
        assert_eq!(pictures.take(1_000, ""), None);
        assert!(pictures.take(1_000 + AGE - 1, "b").is_some());
        assert_eq!(pictures.take(1_000 + AGE, "c"), None);
    }

    #[test]
    fn the_oldest_give_way_when_there_are_many_or_they_are_large() {
        let mut pictures = Pictures::default();
        pictures.keep(0, (0..=MOST).map(|number| made(&number.to_string(), 1)).collect());
        assert_eq!(pictures.take(0, "0"), None);
        assert!(pictures.take(0, "1").is_some());
        pictures.keep(0, vec![made("large", MOST_BYTES), made("larger", MOST_BYTES + 1)]);
        assert_eq!(pictures.take(0, "large"), None);
        assert_eq!(pictures.take(0, "larger"), None);
    }
}
