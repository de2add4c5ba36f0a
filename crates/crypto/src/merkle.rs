//! Merkle logs: RFC 9162, section 2.1, over SHA-256. A leaf hashes as `0x00` and its bytes, a node as
//! `0x01` and its children; a proof is a list of hashes, nearest to the leaf first.

use domain::wire::{Malformed, Message, Wire};
use domain::{Digest, Value, cbor};

use crate::digest::sha256;

/// A log that grows: its size and the roots of its full subtrees, largest first. That is all that
/// appending and the root need; as a message `{nodes, size}`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    nodes: Vec<Digest>,
}

/// A proof that does not prove it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the proof does not lead to the root")]
pub struct NotProven;

/// The hash of a leaf with these bytes.
#[must_use]
pub fn leaf(bytes: &[u8]) -> Digest {
    sha256(&[&[0], bytes])
}

impl Frontier {
    /// Appends a leaf with these bytes.
    pub fn append(&mut self, bytes: &[u8]) {
        self.push(leaf(bytes));
    }

    /// Appends a leaf with this [`leaf`] hash.
    pub fn push(&mut self, leaf: Digest) {
        let mut right = leaf;
        // Each one at the end of the size is a full subtree as large as the one that was just made.
        for _ in 0..self.size.trailing_ones() {
            if let Some(left) = self.nodes.pop() {
                right = node(&left, &right);
            }
        }
        self.nodes.push(right);
        self.size += 1;
    }

    /// How many leaves.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The hash of the whole; of an empty log the hash of nothing.
    #[must_use]
    pub fn root(&self) -> Digest {
        let smallest_first = self.nodes.iter().rev().copied();
        smallest_first.reduce(|right, left| node(&left, &right)).unwrap_or_else(|| sha256(&[]))
    }
}

impl Extend<Digest> for Frontier {
    /// Pushes [`leaf`] hashes.
    fn extend<I: IntoIterator<Item = Digest>>(&mut self, leaves: I) {
        leaves.into_iter().for_each(|leaf| self.push(leaf));
    }
}

impl FromIterator<Digest> for Frontier {
    fn from_iter<I: IntoIterator<Item = Digest>>(leaves: I) -> Self {
        let mut log = Self::default();
        log.extend(leaves);
        log
    }
}

impl Wire for Frontier {
    fn to_value(&self) -> Value {
        let members = [("size", self.size.to_value()), ("nodes", self.nodes.to_value())];
        Value::Map(members.map(|(key, value)| (key.to_owned(), value)).into())
    }

    fn from_value(value: &Value) -> Option<Self> {
        let size = u64::from_value(value.get("size")?)?;
        let nodes = Vec::<Digest>::from_value(value.get("nodes")?)?;
        (nodes.len() == size.count_ones() as usize).then_some(Self { size, nodes })
    }
}

impl Message for Frontier {
    fn from_bytes(bytes: &[u8]) -> Result<Self, Malformed> {
        Self::from_value(&cbor::decode(bytes)?).ok_or(Malformed::Member("nodes"))
    }
}

/// The root over these [`leaf`] hashes.
#[must_use]
pub fn root(leaves: &[Digest]) -> Digest {
    leaves.iter().copied().collect::<Frontier>().root()
}

/// The proof that the leaf at `index`, from 0, is in the log of these [`leaf`] hashes (section
/// 2.1.3.1); `None` where there is no such leaf.
#[must_use]
pub fn inclusion(leaves: &[Digest], index: usize) -> Option<Vec<Digest>> {
    leaves.get(index)?;
    let mut proof = Vec::new();
    let (mut leaves, mut index) = (leaves, index);
    while leaves.len() > 1 {
        let (left, right) = leaves.split_at(split(leaves.len()));
        if index < left.len() {
            proof.push(root(right));
            leaves = left;
        } else {
            proof.push(root(left));
            index -= left.len();
            leaves = right;
        }
    }
    proof.reverse();
    Some(proof)
}

/// The proof that the log of the first `first` of these [`leaf`] hashes grew into the log of all
/// (section 2.1.4.1); `None` where there are fewer. Nothing and the same need no proof: it is empty.
#[must_use]
pub fn consistency(leaves: &[Digest], first: usize) -> Option<Vec<Digest>> {
    let mut proof = Vec::new();
    let (mut leaves, mut first) = (leaves, first);
    if first > leaves.len() {
        return None;
    }
    if first == 0 {
        return Some(proof);
    }
    // The verifier knows the root of the first log; it is left out while it is a subtree by itself.
    let mut known = true;
    while first < leaves.len() {
        let (left, right) = leaves.split_at(split(leaves.len()));
        if first <= left.len() {
            proof.push(root(right));
            leaves = left;
        } else {
            proof.push(root(left));
            first -= left.len();
            leaves = right;
            known = false;
        }
    }
    if !known {
        proof.push(root(leaves));
    }
    proof.reverse();
    Some(proof)
}

/// Checks that `leaf` is at `index`, from 0, of the log of `size` leaves with this `root`
/// (section 2.1.3.2).
///
/// # Errors
/// [`NotProven`] when the proof does not show it.
pub fn verify_inclusion(
    leaf: &Digest,
    index: u64,
    size: u64,
    root: &Digest,
    proof: &[Digest],
) -> Result<(), NotProven> {
    if index >= size {
        return Err(NotProven);
    }
    let (mut place, mut last, mut hash) = (index, size - 1, *leaf);
    for other in proof {
        if last == 0 {
            return Err(NotProven);
        }
        if place & 1 == 1 || place == last {
            hash = node(other, &hash);
            let levels = place.trailing_zeros();
            // At the right edge a node without a sibling moves up as it is.
            place >>= levels;
            last >>= levels;
        } else {
            hash = node(&hash, other);
        }
        place >>= 1;
        last >>= 1;
    }
    proven(last == 0 && hash == *root)
}

/// Checks that the log of `first` leaves with the root `first_root` grew into that of `size` leaves
/// with this `root` (section 2.1.4.2).
///
/// # Errors
/// [`NotProven`] when the proof does not show it.
pub fn verify_consistency(
    first: u64,
    first_root: &Digest,
    size: u64,
    root: &Digest,
    proof: &[Digest],
) -> Result<(), NotProven> {
    if first == 0 {
        let empty = sha256(&[]);
        return proven(proof.is_empty() && *first_root == empty && (size > 0 || *root == empty));
    }
    if first >= size {
        return proven(first == size && proof.is_empty() && first_root == root);
    }
    let levels = (first - 1).trailing_ones();
    let (mut place, mut last) = ((first - 1) >> levels, (size - 1) >> levels);
    // A first log that is a full subtree is known by its own root.
    let mut rest = proof.iter();
    let start = if first.is_power_of_two() { *first_root } else { *rest.next().ok_or(NotProven)? };
    let (mut old, mut new) = (start, start);
    for other in rest {
        if last == 0 {
            return Err(NotProven);
        }
        if place & 1 == 1 || place == last {
            old = node(other, &old);
            new = node(other, &new);
            let levels = place.trailing_zeros();
            place >>= levels;
            last >>= levels;
        } else {
            new = node(&new, other);
        }
        place >>= 1;
        last >>= 1;
    }
    proven(last == 0 && old == *first_root && new == *root)
}

fn node(left: &Digest, right: &Digest) -> Digest {
    sha256(&[&[1], left, right])
}

/// The largest power of two that is smaller than `size`, which is above one.
fn split(size: usize) -> usize {
    size.next_power_of_two() / 2
}

fn proven(truth: bool) -> Result<(), NotProven> {
    truth.then_some(()).ok_or(NotProven)
}

#[cfg(test)]
mod tests {
    use domain::hex;
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    /// The leaves and roots of Certificate Transparency's own tests.
    const KNOWN: [(&str, &str); 8] = [
        ("", "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
        ("00", "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"),
        ("10", "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"),
        ("2021", "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"),
        ("3031", "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4"),
        ("40414243", "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef"),
        ("5051525354555657", "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"),
        (
            "606162636465666768696a6b6c6d6e6f",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        ),
    ];

    fn known(size: usize) -> Vec<Digest> {
        let bytes = |(text, _): &(&str, _)| leaf(&hex::decode(text).unwrap());
        KNOWN[..size].iter().map(bytes).collect()
    }

    fn digest(text: &str) -> Digest {
        hex::decode(text).unwrap().try_into().unwrap()
    }

    #[test]
    fn the_roots_are_those_of_certificate_transparency() {
        let nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(root(&[]), digest(nothing));
        let mut log = Frontier::default();
        for (leaf, root) in KNOWN {
            log.append(&hex::decode(leaf).unwrap());
            assert_eq!(log.root(), digest(root));
        }
    }

    /// RFC 9162, section 2.1.5: the proofs of its example tree of seven leaves.
    #[test]
    fn the_proofs_are_those_of_the_standards_example() {
        let leaves = known(7);
        let [a, b, c, d, e, f, j]: [Digest; 7] = leaves.clone().try_into().unwrap();
        let (g, h, i) = (node(&a, &b), node(&c, &d), node(&e, &f));
        let (k, l) = (node(&g, &h), node(&i, &j));
        assert_eq!(inclusion(&leaves, 0).unwrap(), [b, h, l]);
        assert_eq!(inclusion(&leaves, 3).unwrap(), [c, g, l]);
        assert_eq!(inclusion(&leaves, 4).unwrap(), [f, j, k]);
        assert_eq!(inclusion(&leaves, 6).unwrap(), [i, k]);
        assert_eq!(consistency(&leaves, 3).unwrap(), [c, d, g, l]);
        assert_eq!(consistency(&leaves, 4).unwrap(), [l]);
        assert_eq!(consistency(&leaves, 6).unwrap(), [i, j, k]);
    }

    #[test]
    fn every_proof_of_every_small_log_verifies_and_no_other_does() {
        let leaves: Vec<Digest> = (0..40u8).map(|byte| leaf(&[byte])).collect();
        for size in 0..leaves.len() {
            let (log, whole) = (&leaves[..size], root(&leaves[..size]));
            for index in 0..size {
                let proof = inclusion(log, index).unwrap();
                for claimed in 0..=size as u64 {
                    let verified = verify_inclusion(&log[index], claimed, size as u64, &whole, &proof);
                    assert_eq!(verified.is_ok(), claimed == index as u64);
                }
            }
            for first in 0..=size {
                let proof = consistency(log, first).unwrap();
                for claimed in 0..=size {
                    let old = root(&log[..claimed]);
                    let verified = verify_consistency(claimed as u64, &old, size as u64, &whole, &proof);
                    let needs_none = proof.is_empty() && (claimed == 0 || claimed == size);
                    assert_eq!(verified.is_ok(), claimed == first || needs_none, "{claimed} {first} {size}");
                }
            }
            assert_eq!(inclusion(log, size), None);
            assert_eq!(consistency(log, size + 1), None);
        }
    }

    proptest! {
        #[test]
        fn a_log_that_grows_has_the_root_of_its_leaves_and_survives_as_bytes(
            leaves in vec(any::<Digest>(), 0..300),
        ) {
            let log: Frontier = leaves.iter().copied().collect();
            prop_assert_eq!(log.size(), leaves.len() as u64);
            prop_assert_eq!(log.root(), by_definition(&leaves));
            prop_assert_eq!(Frontier::from_bytes(&log.to_bytes()), Ok(log));
        }

        #[test]
        fn a_changed_removed_or_moved_leaf_and_a_wrong_size_are_found(
            leaves in vec(any::<Digest>(), 2..100),
            index in any::<prop::sample::Index>(),
            place in any::<prop::sample::Index>(),
            bit in 0u8..8,
            wrong_size in 0u64..200,
        ) {
            let (size, whole) = (leaves.len() as u64, root(&leaves));
            let index = index.index(leaves.len());
            let proof = inclusion(&leaves, index).unwrap();
            let holds = |leaf: &Digest, size, root: &Digest, proof: &[Digest]| {
                verify_inclusion(leaf, index as u64, size, root, proof).is_ok()
            };
            prop_assert!(holds(&leaves[index], size, &whole, &proof));

            let mut changed = leaves.clone();
            changed[index][0] ^= 1 << bit;
            prop_assert_ne!(root(&changed), whole);
            prop_assert!(!holds(&changed[index], size, &whole, &proof));
            prop_assert!(!holds(&leaves[index], size, &root(&changed), &proof));

            let mut removed = leaves.clone();
            removed.remove(index);
            prop_assert_ne!(root(&removed), whole);
            let mut moved = leaves.clone();
            moved.rotate_left(1);
            prop_assert!(moved == leaves || root(&moved) != whole);

            for (at, _) in proof.iter().enumerate() {
                let mut forged = proof.clone();
                forged[at][place.index(32)] ^= 1 << bit;
                prop_assert!(!holds(&leaves[index], size, &whole, &forged));
            }
            prop_assert!(!holds(&leaves[index], size, &whole, &proof[1..]));
            prop_assert!(!holds(&leaves[index], size, &whole, &[&proof[..], &[whole]].concat()));
            // The path does not say the size where both trees have the same path to this leaf.
            let same_path = wrong_size > index as u64 && shape(index as u64, wrong_size) == shape(index as u64, size);
            prop_assert_eq!(holds(&leaves[index], wrong_size, &whole, &proof), same_path);
        }

        #[test]
        fn history_that_was_rewritten_shows(
            leaves in vec(any::<Digest>(), 2..100),
            first in any::<prop::sample::Index>(),
            place in any::<prop::sample::Index>(),
        ) {
            let first = 1 + first.index(leaves.len() - 1);
            let (size, whole, old) = (leaves.len() as u64, root(&leaves), root(&leaves[..first]));
            let proof = consistency(&leaves, first).unwrap();
            let grew = |old: &Digest, whole: &Digest, proof: &[Digest]| {
                verify_consistency(first as u64, old, size, whole, proof).is_ok()
            };
            prop_assert!(grew(&old, &whole, &proof));
            let mut rewritten = leaves.clone();
            rewritten[place.index(first)][0] ^= 1;
            prop_assert!(!grew(&old, &root(&rewritten), &proof));
            prop_assert!(!grew(&old, &root(&rewritten), &consistency(&rewritten, first).unwrap()));
            prop_assert!(!grew(&root(&rewritten[..first]), &whole, &proof));
            for at in 0..proof.len() {
                let mut forged = proof.clone();
                forged[at][0] ^= 1;
                prop_assert!(!grew(&old, &whole, &forged));
            }
            prop_assert!(!grew(&old, &whole, &[&proof[..], &[old]].concat()));
            prop_assert!(!grew(&old, &whole, &proof[1..]));
        }
    }

    #[test]
    fn a_frontier_with_more_or_fewer_nodes_than_its_size_says_is_refused() {
        let log: Frontier = known(7).into_iter().collect();
        let torn = Frontier { size: 8, ..log };
        assert!(Frontier::from_bytes(&torn.to_bytes()).is_err());
        assert!(Frontier::from_bytes(&[0xff]).is_err());
    }

    /// MTH, word for word as section 2.1.1 defines it.
    fn by_definition(leaves: &[Digest]) -> Digest {
        match leaves {
            [] => sha256(&[]),
            [leaf] => *leaf,
            _ => {
                let (left, right) = leaves.split_at(split(leaves.len()));
                node(&by_definition(left), &by_definition(right))
            }
        }
    }

    /// From the leaf to the root: on which side the other child stands.
    fn shape(mut index: u64, mut size: u64) -> Vec<bool> {
        let mut sides = Vec::new();
        while size > 1 {
            let left = size.next_power_of_two() / 2;
            sides.push(index < left);
            (index, size) = if index < left { (index, left) } else { (index - left, size - left) };
        }
        sides.reverse();
        sides
    }
}
