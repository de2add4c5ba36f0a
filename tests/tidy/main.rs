//! Laws of the source. Each is a function from source to its breaches, and shows on a bad sample
//! that it finds one.

mod bindings;
mod circles;
mod layers;
mod links;
mod locks;
mod migrations;
mod names;
mod paths;
mod pure;
mod readme;
mod rust;
mod size;
mod source;
mod unfinished;

/// Fails with every breach, one a line, and what the law asks for.
fn hold(law: &str, breaches: &[String]) {
    assert!(breaches.is_empty(), "{law}\n  {}", breaches.join("\n  "));
}
