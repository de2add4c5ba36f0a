import type { Column } from "../../generated/Column";
import type { Format } from "../../generated/Format";
import type { Listed } from "../../generated/Listed";
import type { RowOutcome } from "../../generated/RowOutcome";
import type { WhyBad } from "../../generated/WhyBad";

const number = "Student number";

const of_person = {
  family: "Family name",
  given: "Given names",
  middle: "Middle name",
  suffix: "Suffix (Jr, III)",
  sex: "Sex",
  birth_date: "Birth date",
  programme: "Programme",
  year: "Year",
  section: "Section",
  campus: "Campus",
  email: "E-mail",
  phone: "Telephone",
  guardian: "Guardian",
  guardian_phone: "Guardian’s telephone",
};

/** What a column may mean, in the order of a card. */
export const column_of = {
  number,
  name: "Whole name (family name first)",
  ...of_person,
} satisfies Record<Column, string>;

const listed = {
  number,
  ...of_person,
  suffix: "Suffix",
  status: "Enrolment",
} satisfies Record<Listed, string>;

const outcome = {
  two_fit: "Who is it",
  anothers_number: "Another’s number",
  bad: "Cannot be read",
  changed: "Changed",
  left: "Not on the list",
  new: "New",
  returning: "Returning",
} satisfies Record<RowOutcome, string>;

const means = {
  two_fit:
    "More than one person here fits, or one that is not surely meant. Nothing is imported until you say who it is.",
  anothers_number:
    "The number belongs to somebody here whose name and birth date are different. Nothing is imported until you say so.",
  bad: "These rows are left out. Correct them in the file and open it again: what was imported stays as it is.",
  changed:
    "Known here, and the list says something else. A name, a birth date and a sex that appear here are kept unless you take them.",
  left: "Enrolled in what the list covers, and not on it.",
  new: "Nobody here is like them: they will be registered.",
  returning: "Known here as the list has them.",
} satisfies Record<RowOutcome, string>;

const otherwise = {
  two_fit: "Left out",
  anothers_number: "Left out",
  bad: "Left out",
  changed: "Keep names, birth date and sex; take the rest",
  left: "Left, if you mark them",
  new: "Register",
  returning: "Import",
} satisfies Record<RowOutcome, string>;

const why = {
  too_long: "A cell is longer than any name: a quotation mark may not be closed.",
  letters: "It has letters that cannot be read.",
  no_number: "It has no student number.",
  number_twice: "The number stands in an earlier row too.",
  person_twice: "The person stands in an earlier row with another number.",
  zero_lost:
    "The number is shorter than the others. Was a leading zero lost? Answer above, under Numbers shorter than the others.",
  no_name: "It has no name.",
  name_order: "The name has no comma: write the family name first, with a comma behind it.",
  date: "The birth date cannot be read.",
  no_such_day: "The calendar has no such birth date.",
  month_first:
    "In the birth date the month stands where the day belongs. If all are so, choose Month first under Birth dates.",
  short_year: "The year of birth has not four digits.",
  future: "The birth date lies ahead.",
  too_long_ago: "Nobody alive was born so long ago.",
  sex: "The sex is not a word that is known.",
  phone: "This is not a telephone number.",
  email: "This is not an e-mail address.",
  withdrawn: "The registration of this number was withdrawn here.",
} satisfies Record<WhyBad, string>;

const format = {
  utf8: "text in UTF-8",
  utf16: "text in UTF-16",
  windows1252: "text in Windows letters",
  xlsx: "an Excel workbook",
  xls: "an older Excel workbook",
  ods: "an OpenDocument spreadsheet",
} satisfies Record<Format, string>;

/** The registrar's list on its way into the records. */
export const lists = {
  title: "Registrar’s list",
  intro:
    "The registrar’s list of students: CSV, Excel (.xlsx, .xls) or OpenDocument (.ods). Choose it, or drop it here: you first see who is new, who returns and what changed, and nothing is written before you say so.",
  choose: "Choose a list",
  choose_other: "Choose another list",
  put_away: "Put it away",
  opening: "Reading the file",
  about_one: "{{name}}: {{count}} row, {{format}}.",
  about_other: "{{name}}: {{count, number}} rows, {{format}}.",
  sheet: "Sheet {{sheet}}.",
  format,
  columns: "The columns of the list",
  column: "Column {{number}}",
  column_of,
  more_columns_one: "And {{count}} more column that is not read.",
  more_columns_other: "And {{count}} more columns that are not read.",
  means_of: "What {{column}} means",
  not_read: "Not read",
  remembered: "The columns are read as the last time, for a list with the same header.",
  school_year: "School year",
  year_required: "Say for which school year the list is.",
  year_wrong: "Write it as 2026-2027, or 2026 where the school year is one year.",
  term: "Term",
  from: "First day of the term",
  campus: "Campus",
  campus_hint: "If the list covers one campus alone",
  programmes: "Programmes",
  programmes_hint: "If it covers some alone; a semicolon between them",
  dates: "Birth dates",
  date_order: { day_first: "Day first: 14/7/2004", month_first: "Month first: 7/14/2004" },
  zeros: "Numbers shorter than the others",
  zeros_ask: "Leave them out and tell me",
  zeros_lost: "Their leading zeros were lost: put them back",
  zeros_kept: "They are right as they are",
  look: "Look at the rows",
  look_again: "Look again",
  how_read: "How the list is read",
  go_on: "Go on",
  looking: "Looked at {{done}} of {{of}} rows",
  applying: "Imported {{done}} of {{of}} rows",
  done_one: "{{count}} row was imported.",
  done_other: "{{count, number}} rows were imported.",
  stop: "Stop",
  stopping: "Stopping after these rows",
  leave_note: "You can work on other screens meanwhile. What was done stays, and it can go on later.",
  outcomes: "What the rows come to",
  tab: "{{outcome}} {{count, number}}",
  outcome,
  means,
  otherwise,
  why,
  listed,
  change: "{{what}}: {{here}} here, {{list}} on the list",
  change_added: "{{what}}: nothing here, {{list}} on the list",
  same_as: "See line {{line}}.",
  taken: "Imported",
  decision_of: "What happens to {{number}}",
  choice: {
    take: "Take what the list says",
    keep: "Keep what is here",
    person: "It is {{person}}",
    new: "Somebody new",
    leave: "Leave out",
    stays: "Has not left",
  },
  keep_all: "Keep all that is here",
  take_all: "Take all from the list",
  take_all_title_one: "Take what the list says of {{count}} person?",
  take_all_title_other: "Take what the list says of {{count, number}} people?",
  take_all_means:
    "Names, birth dates and sex that appear here are replaced by those of the list. Rows that you left out stay left out, and you can still change each one. Nothing is written before you import.",
  more: "Show more",
  take_one: "Import {{count}} row",
  take_other: "Import {{count, number}} rows",
  take_act: "Import",
  left_of_one: "Of {{enrolled}} people enrolled here, {{count}} is not on the list.",
  left_of_other: "Of {{enrolled}} people enrolled here, {{count, number}} are not on the list.",
  half: "The list is shorter than a whole one. Mark people as having left only if you are sure that it is complete.",
  mark_left_one: "Mark this person as having left",
  mark_left_other: "Mark these {{count, number}} people as having left",
  type_count: "Type how many they are",
  wrong_count: "That is not their number.",
  head: {
    column: "Column",
    means: "Meaning",
    samples: "First cells",
    line: "Line",
    number: "Number",
    name: "Name",
    what: "What",
    decision: "What happens",
  },
} as const;
