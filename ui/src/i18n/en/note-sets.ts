/** The sets of systems by which a note's examination begins. */
export const note_sets = {
  title: "Sets of the examination",
  intro:
    "A note’s examination begins with a set: its systems in order, each with what you write where nothing was found. Choose one that every clinic has to begin a set of your own. Read each sentence before you sign by it.",
  add: "Write a set",
  name: "Name",
  name_required: "Give it a name.",
  name_used: "Another set has this name.",
  kind: "Visits that begin with it",
  no_kind: "None by itself",
  systems: "Systems",
  systems_required: "Add at least one system.",
  another: "Add a system",
  said_anew: "Nothing: what was seen is said anew",
  up: "{{system}} one up",
  remove: "Take out {{system}}",
  saved: "The set {{name}} is saved.",
  withdraw_title: "Withdraw the set {{name}}",
  withdraw_text: "No note begins with it any more. What was written by it stays as it is.",
  withdrawn: "The set {{name}} is withdrawn.",
} as const;
