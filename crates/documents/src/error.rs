//! Why a document could not be made.

/// Why a document could not be made; nothing of it is given out then.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DocumentError {
    /// A character that would have been missing from the paper.
    #[error("no bundled face can print {character:?} (U+{:04X})", u32::from(*character))]
    NoGlyph {
        /// The character, after canonical composition.
        character: char,
    },
    /// The text runs over more pages than a document of this kind may have.
    #[error("the text needs more than {limit} pages")]
    TooLong {
        /// The most pages allowed.
        limit: usize,
    },
    /// A part that must stay whole is higher than the paper leaves room for.
    #[error("the {part:?} does not fit on this paper")]
    DoesNotFit {
        /// What is too high.
        part: Part,
    },
    /// The code's modules would be too small to be read from paper.
    #[error("a code of {characters} characters is too dense to be read from paper")]
    CodeTooDense {
        /// How many characters it has.
        characters: usize,
    },
    /// A picture is neither PNG nor JPEG, damaged, or larger than allowed.
    #[error("the picture of the {part:?} cannot be used: {reason}")]
    Picture {
        /// Where it was to stand.
        part: Part,
        /// What is wrong with it.
        reason: String,
    },
    /// A bundled face or the PDF writer failed; a fault of the program, not of the value.
    #[error("the document could not be written: {reason}")]
    Writer {
        /// What failed.
        reason: String,
    },
}

/// A part of a document, as named in a refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The letterhead with the clinic's emblem, and all that stands above the text.
    Heading,
    /// The signer with the signature.
    Signature,
    /// The code.
    Code,
    /// The running text.
    Text,
}
