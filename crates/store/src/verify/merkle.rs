//! A Merkle root over sorted leaves, with leaves and nodes told apart (RFC 9162, 2.1.1).

use sha2::{Digest as _, Sha256};

pub(super) fn leaf(content: &[u8]) -> [u8; 32] {
    hash(&[&[0], content])
}

/// An odd last node moves up unchanged.
pub(super) fn root(mut level: Vec<[u8; 32]>) -> [u8; 32] {
    if level.is_empty() {
        return hash(&[]);
    }
    while level.len() > 1 {
        level = level
            .chunks(2)
            .map(|pair| match pair {
                [left, right] => hash(&[&[1], left, right]),
                [single] => *single,
                _ => unreachable!("chunks of two"),
            })
            .collect();
    }
    level[0]
}

fn hash(parts: &[&[u8]]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part);
    }
    hasher.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_change_moves_the_root() {
        let leaves: Vec<_> = (0..7u8).map(|n| leaf(&[n])).collect();
        let whole = root(leaves.clone());
        for place in 0..leaves.len() {
            let mut without = leaves.clone();
            without.remove(place);
            assert_ne!(root(without), whole, "leaf {place} removed");
            let mut changed = leaves.clone();
            changed[place] = leaf(b"other");
            assert_ne!(root(changed), whole, "leaf {place} changed");
        }
        let mut swapped = leaves;
        swapped.swap(0, 1);
        assert_ne!(root(swapped), whole);
    }
}
