//! A newly added migration file is otherwise left out in silence.

fn main() {
    println!("cargo:rerun-if-changed=../../migrations/central");
}
