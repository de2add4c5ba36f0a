import { door, password, person, role, sheet_door, shortcut } from "./en/access";
import { backups } from "./en/backups";
import { addenda } from "./en/addenda";
import { certificates } from "./en/certificates";
import { calendar, clinic, first, found, join, papers, staff, workstations } from "./en/clinic";
import { consent } from "./en/consent";
import { dental } from "./en/dental";
import { codes } from "./en/codes";
import { forms } from "./en/forms";
import { files } from "./en/files";
import { importing } from "./en/import";
import { lists } from "./en/lists";
import { patients } from "./en/patients";
import { queue } from "./en/queue";
import { record } from "./en/record";
import { refusal_by_reason } from "./en/reasons";
import { named, refusal, said_by_server } from "./en/refusal";
import { note_sets } from "./en/note-sets";
import { snippets } from "./en/snippets";
import { level, visits, vitals } from "./en/visits";
import { conflict, health, looked, sync, today, trail } from "./en/work";

/**
 * Every sentence of the window in English; the other languages have the same keys.
 * `refusal.<code>` says what happened, what is safe and what to do.
 */
export const en = {
  app: {
    name: "ClinicDesk",
    skip: "Skip to the content",
    rail: "Places",
    title: "{{screen}} · {{app}}",
  },
  place: {
    today: "Today",
    patients: "Patients",
    queue: "Queue",
    calendar: "Calendar",
    certificates: "Certificates",
    pharmacy: "Pharmacy",
    reports: "Reports",
    campaigns: "Campaigns",
    admin: "Admin",
  },
  top: {
    find: "Find a patient, certificate or command",
    site: "Site",
    inbox_one: "Inbox, {{count}} waiting for you",
    inbox_other: "Inbox, {{count}} waiting for you",
    inbox_zero: "Inbox, nothing waiting",
    lock: "Lock",
  },
  addenda,
  codes,
  backups,
  sync,
  find: {
    results: "Results",
    nothing: "Nothing found for “{{text}}”.",
    commands: "Commands",
    patient: "This patient",
    places: "Go to",
    hint_move: "to move",
    hint_open: "to open",
    hint_close: "to close",
    counted_one: "{{count}} result",
    counted_other: "{{count}} results",
  },
  look: {
    light: "Light colours",
    dark: "Dark colours",
    auto: "Colours as the system has them",
    size_100: "Usual",
    size_115: "Larger",
    size_130: "Large",
    size_150: "Very large",
  },
  /** Something and how many of it, with the number as the language writes it. */
  counted: {
    entries_one: "{{figure}} entry",
    entries_other: "{{figure}} entries",
    records_one: "{{figure}} record",
    records_other: "{{figure}} records",
    files_one: "{{figure}} file",
    files_other: "{{figure}} files",
    logs_one: "{{figure}} log",
    logs_other: "{{figure}} logs",
    days_one: "{{figure}} day",
    days_other: "{{figure}} days",
  },
  action: {
    close: "Close",
    cancel: "Cancel",
    retry: "Try again",
  },
  field: {
    show_password: "Show the password",
    hide_password: "Hide the password",
    caps_lock: "Caps Lock is on.",
    pick_hint: "Type to narrow the list",
    pick_unknown: "“{{typed}}” is not on the list, or fits several. Choose one.",
  },
  saved: {
    here: "Saved here {{time}}",
    restored: "Restored: what you typed at {{when}}.",
    throw_away: "Discard",
  },
  reason: {
    wrong: "What was wrong",
    required: "Say why, for whoever reads it later.",
  },
  date: {
    months: "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    weekdays: "Mon Tue Wed Thu Fri Sat Sun",
    today: "Today, {{date}}",
    day_hint: "31/12/2027 or dec 2027",
    hint: "14/7/1999, 14 jul 1999, 1999, ~1999, 27y or 3m",
    error: {
      unreadable: "Write it as 14/7/1999, jul 1999, 1999, or ~1999 when estimated.",
      no_such_day: "The calendar has no such day.",
      day_first: "Day first, then month: 14/7/1999.",
      short_year: "Write the year with four digits.",
      future: "This day is still to come.",
      too_long_ago: "This is before 1880.",
    },
  },
  age: {
    days: "{{count}} d",
    weeks: "{{count}} w",
    months: "{{count}} m",
    years: "{{count}}y",
    about: "~{{age}}",
  },
  today,
  patients,
  consent,
  dental,
  forms,
  record,
  visits,
  note_sets,
  snippets,
  queue,
  vitals,
  level,
  certificates,
  files,
  door,
  sheet_door,
  role,
  password,
  person,
  shortcut,
  first,
  found,
  join,
  calendar,
  clinic,
  papers,
  staff,
  workstations,
  health,
  import: importing,
  lists,
  looked,
  trail,
  conflict,
  missing: {
    title: "Nothing here",
    text: "This address leads nowhere. Your work is kept.",
    back: "Go to Today",
  },
  crash: {
    what: "This screen stopped.",
    safe: "What you wrote is kept on this workstation.",
    do: "Open the screen again. If it stops once more, tell your administrator.",
  },
  named,
  refusal,
  refusal_by_reason,
  said_by_server,
} as const;
