/** Sign-in, lock, passwords and the menu of the person signed in. */
export const role = {
  administrator: "Administrator",
  doctor: "Doctor",
  dentist: "Dentist",
  nurse: "Nurse",
  front_desk: "Front desk",
  optometrist: "Optometrist",
  pharmacist: "Pharmacist",
  auditor: "Auditor",
} as const;

export const door = {
  title: "Who is it?",
  find: "Type your name",
  people: "People who may sign in here",
  nobody: "Nobody who may sign in here is called “{{text}}”.",
  none: "Nobody may sign in here yet.",
  counted_one: "{{count}} person",
  counted_other: "{{count}} people",
  to_choose: "to choose",
  wait: "wait {{time}}",
  off: "switched off",
  release_by:
    "Waiting does not help. An administrator switches it on again at this computer, under Admin, People: {{names}}.",
  sign_in: "Sign in",
  unlock: "Unlock",
  locked: "The screen is locked",
  locked_note: "Your password opens it again at the same place.",
  password: "Password",
  wrong: "This is not the password. Check Caps Lock and the language of the keyboard.",
  other: "Someone else",
  other_note: "Signs {{name}} out.",
  again_in: "Next try in {{time}}.",
  again_now: "You can try again now.",
  made_again:
    "This computer has a newer ClinicDesk: its records are prepared for it, {{percent}} % so far. Nothing is lost if it is switched off; the work then begins again.",
  shut: "ClinicDesk could not be opened",
} as const;

export const sheet_door = {
  title: "Open with the recovery sheet",
  note: "The clinic’s records are on this computer. What opens them is damaged or gone: {{files}}.",
  what: "This computer’s recovery sheet makes it again from the records. Nothing is lost, no chart is shown, and everybody signs in with their own password as before.",
  sheet: "The lines of the sheet",
  hint: "Capitals, spaces and hyphens make no difference.",
  wrong_line: "Line {{line}} is not what stands on the sheet.",
  act: "Open",
  lost: "Somebody’s file on this computer is damaged. It is made again when a colleague signs in.",
  by_sheet: "Use the recovery sheet",
} as const;

export const password = {
  old: "Current password",
  new: "New password",
  first: "First password",
  repeat: "Repeat it",
  differs: "The two are not the same.",
  count: "{{count}} of {{least}} characters",
  long_count: "{{count}} characters",
  enough: "{{count}} characters, long enough",
  hint: "Several words that nobody would say together are strong and easy to type.",
  fault: {
    short: "Too short: it takes at least {{least}} characters.",
    long: "Too long: at most {{most}} characters.",
    guessable: "Too easy to guess: a common phrase, a pattern, a date or a repetition.",
    personal: "Too easy to guess: without your name and the clinic’s name too little is left.",
    same: "This is the current password.",
  },
  wrong_old: "This is not the current password.",
  must_title: "Choose a password of your own",
  must_text:
    "Somebody else made your first password, so they know it. From now on only you do: nobody can look it up.",
  change: "Change password",
  changed: "Your password was changed.",
} as const;

export const person = {
  lock: "Lock the screen",
  sign_out: "Sign out, switch person",
  password: "Change password",
  language: "Language",
  colours: "Colours",
  size: "Size of text",
  shortcuts: "Keyboard shortcuts",
  since: "Signed in since {{time}}",
} as const;

export const shortcut = {
  title: "Keyboard shortcuts",
  find: "Find anything",
  lock: "Lock the screen",
  help: "This list",
  places: "Go to a place by its number",
  close: "Close the pane or dialog",
  save: "The main act of the screen",
  move: "Move in a list",
  open: "Open what is marked",
  visit: "In a chart: start the visit, or its note",
  step: "In a chart: the visit’s next step",
  measure: "In a chart: vital signs",
  normal: "In a note: what nobody has said anything of is normal",
  diagnosis: "In a note: to the diagnosis",
  plan: "In a note: to the plan",
  bring: "In a note: bring in the last one, with its date",
  certificate: "In a chart: write a certificate",
  issue: "Issue the certificate",
  side: "Choose a side of a conflict",
  keep: "Keep the chosen side",
} as const;
