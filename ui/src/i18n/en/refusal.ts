/** Refusals: what happened, what is safe, what to do. `named` says the fields that a refusal names. */
export const refusal = {
  unknown: {
    what: "That was not done ({{code}}).",
    safe: "Nothing was changed.",
    do: "Try once more. If it happens again, tell your administrator the word in brackets.",
  },
  host_unreachable: {
    what: "ClinicDesk did not answer.",
    safe: "What was saved is kept on this workstation.",
    do: "Try again. If it stays so, close ClinicDesk and open it again.",
  },
  unknown_command: {
    what: "This window may not do that.",
    safe: "Nothing was changed.",
    do: "Sign in and try again.",
  },
  wrong_input: {
    what: "This screen sent something that ClinicDesk cannot read.",
    safe: "Nothing was changed.",
    do: "Close ClinicDesk and open it again. If it stays so, tell your administrator what you were doing.",
  },
  missing: {
    what: "Something is missing: {{field}}.",
    safe: "Nothing was saved yet; what you typed is still here.",
    do: "Fill it in and try again.",
  },
  invalid: {
    what: "This cannot be so: {{field}}.",
    safe: "Nothing was saved yet; what you typed is still here.",
    do: "Correct it and try again.",
  },
  implausible: {
    what: "This is hardly so: {{field}}.",
    safe: "Nothing was saved yet; what you typed is still here.",
    do: "Look at it again. If it is meant, confirm it.",
  },
  not_signed_in: {
    what: "Nobody is signed in any more.",
    safe: "What was saved is kept.",
    do: "Sign in and try again.",
  },
  screen_locked: {
    what: "The screen is locked.",
    safe: "What was saved is kept.",
    do: "Unlock it with your password.",
  },
  no_clinic: {
    what: "No clinic was set up on this workstation.",
    safe: "Nothing was changed.",
    do: "Close ClinicDesk and open it again to set one up.",
  },
  clinic_exists: {
    what: "A clinic was set up here already.",
    safe: "It is as it was.",
    do: "Close ClinicDesk, open it again and sign in.",
  },
  not_recognised: {
    what: "Name and password do not belong together.",
    safe: "Nothing was opened.",
    do: "Look at Caps Lock and the language of the keyboard, then type the password again.",
  },
  wait: {
    what: "Too many tries in a row.",
    safe: "The records stay closed. Other people can sign in.",
    do: "Wait until the time is over, then type the password with care.",
  },
  slot_disabled: {
    what: "This sign-in is switched off after too many tries.",
    safe: "The records stay closed. Other people can sign in.",
    do: "A supervisor has to release it. Waiting does not help.",
  },
  weak_password: {
    what: "This password is too weak.",
    safe: "The password is as it was.",
    do: "Take several words that nobody would say together.",
  },
  wrong_sheet: {
    what: "These are not the characters on the sheet.",
    safe: "The sheet stays valid.",
    do: "Look at the line and the character that are asked for, counting letters and figures only.",
  },
  not_trusted: {
    what: "No administrator of this clinic vouches for this account.",
    safe: "The records stay closed.",
    do: "Ask an administrator to look at your account.",
  },
  not_permitted: {
    what: "Your role does not permit this.",
    safe: "Nothing was changed. The try is in the audit trail.",
    do: "Ask somebody whose role does, or an administrator for another role.",
  },
  account_inactive: {
    what: "This account is not active.",
    safe: "What it wrote is kept.",
    do: "Ask an administrator.",
  },
  account_expired: {
    what: "The last day of this account is over.",
    safe: "What it wrote is kept.",
    do: "Ask an administrator to extend it.",
  },
  licence_expired: {
    what: "This needs a licence that is valid today.",
    safe: "Nothing was signed or issued.",
    do: "Ask an administrator to enter the renewed licence.",
  },
  not_author: {
    what: "Only its author may do this.",
    safe: "It is as it was.",
    do: "Ask the author, or add a note of your own.",
  },
  not_found: {
    what: "There is no such record here.",
    safe: "Nothing was changed.",
    do: "Go back and find it again. It may have been withdrawn.",
  },
  frozen: {
    what: "It is signed and cannot change.",
    safe: "It is as it was signed.",
    do: "Write an addendum instead.",
  },
  illegal_move: {
    what: "This step is not possible in its present state.",
    safe: "It is as it was.",
    do: "Look at its state again; somebody may have moved it on.",
  },
  rules: {
    what: "The rules of the record do not allow this ({{fault}}).",
    safe: "Nothing was changed.",
    do: "Open the record again and repeat the change. If it stays so, tell your administrator the word in brackets.",
  },
  file_refused: {
    what: "This file cannot be taken in.",
    safe: "Nothing of it was taken in.",
    do: "Look at the file: it may be damaged, or made by something else. The report says where.",
  },
  not_attached: {
    what: "This clinic has no server yet.",
    safe: "Everything goes on here; the records are on this computer.",
    do: "Ask an administrator to attach the clinic to its server.",
  },
  offline: {
    what: "The server cannot be reached.",
    safe: "Nothing is lost. Everything goes on here and is sent later.",
    do: "Go on working. Check the network if this lasts.",
  },
  server_refused: {
    what: "The server refused ({{reason}}).",
    safe: "Everything that was written here is still here.",
    do: "Tell an administrator; the word in brackets says why.",
  },
  server_not_believed: {
    what: "What the server sent is not what its authors signed.",
    safe: "Nothing of it was taken in.",
    do: "Go on working and tell an administrator.",
  },
  forked: {
    what: "The server and this computer disagree about what was written here.",
    safe: "Nothing was changed on either side.",
    do: "Tell an administrator before this computer syncs again.",
  },
  wrong_code: {
    what: "The code is mistyped.",
    safe: "Nothing was set up yet.",
    do: "Compare it with the code that the administrator was shown, line by line.",
  },
  store_in_use: {
    what: "ClinicDesk is open a second time on this computer.",
    safe: "The records are untouched.",
    do: "Use the other window, or close it and try again.",
  },
  store_damaged: {
    what: "A file of the records on this computer is damaged.",
    safe: "Nothing was written to it.",
    do: "Stop working here and tell your administrator: this computer has to be restored.",
  },
  store_newer: {
    what: "The records on this computer were written by a newer ClinicDesk.",
    safe: "They are untouched.",
    do: "Install the newest ClinicDesk and open it again.",
  },
  disk_full: {
    what: "The disk of this computer is full.",
    safe: "Nothing was changed; what you typed is still here.",
    do: "Make room on the disk and try again.",
  },
  store_failed: {
    what: "The records on this computer could not be read or written.",
    safe: "Nothing was changed.",
    do: "Try again. If it stays so, close ClinicDesk, open it again and tell your administrator.",
  },
} as const;

/** What the server refuses, by its own code. */
export const said_by_server = {
  wrong_code: {
    what: "This is not the one-time code of the server.",
    safe: "The server belongs to nobody yet.",
    do: "Compare it with what clinicdesk-server claim-code printed. A code is used once and runs out.",
  },
  throttled: {
    what: "There were too many wrong codes.",
    safe: "The server belongs to nobody yet.",
    do: "Ask whoever runs the server for a new code.",
  },
  already_claimed: {
    what: "This server belongs to another clinic already.",
    safe: "Nothing was sent to it.",
    do: "Look at the address. A clinic has one server, and a server one clinic.",
  },
  no_clinic: {
    what: "No clinic has taken possession of this server yet.",
    safe: "Nothing was set up here.",
    do: "Look at the address, or attach the clinic to the server first.",
  },
  wrong_clinic: {
    what: "This server belongs to another clinic.",
    safe: "Everything that was written here is still here.",
    do: "Look at the address and tell an administrator.",
  },
  no_ticket: {
    what: "The server does not know this code.",
    safe: "Nothing was set up here.",
    do: "Compare the code and the address with what the administrator was shown, or ask for a new code.",
  },
  ticket_expired: {
    what: "The code has run out.",
    safe: "Nothing was set up here.",
    do: "Ask the administrator for a new one; it holds for ten minutes.",
  },
  ticket_used: {
    what: "The code was used already.",
    safe: "Nothing was set up here.",
    do: "Each computer needs a code of its own: ask the administrator for a new one.",
  },
  not_trusted: {
    what: "The server does not find the clinic’s signatures.",
    safe: "Everything that was written here is still here.",
    do: "Tell an administrator.",
  },
  not_allowed: {
    what: "Who gave this code may not enrol workstations any more.",
    safe: "Nothing was set up here.",
    do: "Ask another administrator for a code.",
  },
  revoked: {
    what: "An administrator has ended this workstation.",
    safe: "What was written here stays here and is sent nowhere.",
    do: "Ask an administrator. Take notes on another workstation until then.",
  },
  unknown_workstation: {
    what: "The server does not know this workstation.",
    safe: "Everything that was written here is still here.",
    do: "Tell an administrator: the server may have been put back to an older copy.",
  },
  foreign_incarnation: {
    what: "The server knows this workstation by another installation.",
    safe: "Everything that was written here is still here.",
    do: "Tell an administrator: this computer may be a copy of another one.",
  },
  wrong_version: {
    what: "The server and this computer are of different versions.",
    safe: "Everything that was written here is still here.",
    do: "Ask an administrator to bring the server up to date.",
  },
  database_unavailable: {
    what: "The server’s database does not answer.",
    safe: "Nothing is lost. Everything goes on here and is sent later.",
    do: "Go on working. Tell whoever runs the server if this lasts.",
  },
  busy: {
    what: "The server is busy.",
    safe: "Nothing is lost. It is asked again by itself.",
    do: "Go on working.",
  },
} as const;

/** The fields of commands, as they are called within a sentence. */
export const named = {
  server: "the server’s address",
  workstation: "the workstation",
  clinic: "the clinic’s name",
  site: "the site’s name",
  site_code: "the site’s letters",
  time_zone: "the time zone",
  name: "the name",
  sign_in: "the sign-in name",
  password: "the password",
  role: "the role",
  licence: "the licence",
  licence_until: "the licence’s last day",
  valid_until: "the account’s last day",
  user: "the person",
  choice: "the choice",
  reason: "the reason",
  text: "the text",
  family: "the family name",
  given: "the given names",
  birth_date: "the birth date",
  sex: "the sex",
  status: "the state",
  concern: "the concern",
  kind: "the kind of visit",
  attending: "who attends",
  note: "the note",
  visit: "the visit",
  values: "the values",
  minutes_ago: "when it was measured",
  systolic: "the upper blood pressure",
  diastolic: "the lower blood pressure",
  temperature: "the temperature",
  pulse: "the pulse",
  respiration: "the respiration",
  spo2: "the oxygen saturation",
  pain: "the pain",
  glucose: "the glucose",
  weight: "the weight",
  height: "the height",
  bmi: "the body mass index",
  head: "the head circumference",
} as const;
