//! Contents for the files of a repository.

#![allow(dead_code, unreachable_pub, reason = "each test binary uses a part of it")]

/// Bytes that do not compress, so that a pack has many pieces.
pub fn noise(length: usize, seed: u32) -> Vec<u8> {
    let mut state = seed;
    let step = |_| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_be_bytes()[0]
    };
    (0..length).map(step).collect()
}
