//! The TypeScript side of the command list.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

use domain::access::Permission;
use domain::fhir;
use domain::kinds::KINDS;
use ts_rs::{Config, TS};

use crate::command::Tag;
use crate::commands::{COMMANDS, Command};
use crate::refusal::{Code, Refusal};

/// Why the bindings were not written.
#[derive(Debug, thiserror::Error)]
pub enum BindingsError {
    /// A type has no TypeScript form.
    #[error("a type has no TypeScript form: {0}")]
    Type(#[from] ts_rs::ExportError),
    /// The folder could not be written.
    #[error("the folder could not be written: {0}")]
    Io(#[from] io::Error),
}

/// Writes every type of the list, and the list itself as `commands.ts`, to `folder`.
///
/// # Errors
/// [`BindingsError`].
pub fn write(folder: &Path) -> Result<(), BindingsError> {
    let config = Config::new().with_out_dir(folder).with_large_int("number");
    Refusal::export_all(&config)?;
    Permission::export_all(&config)?;
    Code::export_all(&config)?;
    // It stands in a field of a refusal, and fields have no types.
    fhir::Reason::export_all(&config)?;
    let mut imports = Vec::new();
    let mut members = String::new();
    let mut tags = String::new();
    let mut needs = String::new();
    for Command { name, types, reads, stales, permission, .. } in COMMANDS {
        let (input, output) = types(&config)?;
        // The parts of `Edit<ProblemText>` stand each in a file of their own.
        let named =
            [&input, &output].into_iter().flat_map(|name| name.split(|sign: char| !sign.is_alphanumeric()));
        imports
            .extend(named.filter(|name| folder.join(format!("{name}.ts")).exists()).map(ToOwned::to_owned));
        let _ = writeln!(members, "  {name}: {{ input: {input}; output: {output} }};");
        let needed = permission.map_or("null".to_owned(), |permission| quoted(&[permission.word()]));
        let _ = writeln!(needs, "  {name}: {needed},");
        let _ = writeln!(
            tags,
            "  {name}: {{ reads: [{}], stales: [{}] }},",
            words(reads.iter()),
            words(stales.iter())
        );
    }
    imports.push("Permission".to_owned());
    imports.sort();
    imports.dedup();
    let mut out = String::from("// Written by `cargo run --locked --bin bindings`; do not edit.\n");
    for import in &imports {
        let _ = writeln!(out, "import type {{ {import} }} from \"./{import}\";");
    }
    out.push('\n');
    for import in &imports {
        let _ = writeln!(out, "export type {{ {import} }};");
    }
    let codes: Vec<&str> = Code::ALL.iter().map(|code| code.word()).collect();
    let _ = writeln!(out, "\nexport interface Commands {{\n{members}}}");
    let tags_of_all: Vec<String> = Tag::all().map(|tag| format!("\"{}\"", tag.word())).collect();
    let _ = writeln!(
        out,
        "\n/** What an answer rests on and a command makes stale: a kind of record, or what is no record. */\nexport type Tag = {};",
        tags_of_all.join(" | ")
    );
    let _ = writeln!(
        out,
        "\nexport const commandTags: {{ [K in keyof Commands]: {{ reads: Tag[]; stales: Tag[] }} }} = {{\n{tags}}};"
    );
    let _ = writeln!(
        out,
        "\n/** What a command asks for: the permission, or null for what is there before sign-in. */\nexport const commandNeeds = {{\n{needs}}} as const satisfies Record<keyof Commands, Permission | null>;"
    );
    let _ = writeln!(
        out,
        "\n/** The kinds that are said of a person: each is added, changed and withdrawn by commands of its own. */\nexport const claimKinds = [{}] as const;",
        quoted(&claim_kinds())
    );
    let _ = writeln!(out, "\nexport const refusalCodes = [{}] as const;", quoted(&codes));
    fs::write(folder.join("commands.ts"), out)?;
    Ok(())
}

fn claim_kinds() -> Vec<&'static str> {
    let has = |name: String| COMMANDS.iter().any(|command| command.name == name);
    let is_claim = |kind: &&str| ["add", "edit", "void"].iter().all(|act| has(format!("{act}_{kind}")));
    KINDS.iter().map(|kind| kind.name).filter(is_claim).collect()
}

fn words(tags: impl Iterator<Item = Tag>) -> String {
    quoted(&tags.map(Tag::word).collect::<Vec<_>>())
}

fn quoted(words: &[&str]) -> String {
    words.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(", ")
}
