/** Refusals whose reason makes a difference to what is done. */
export const refusal_by_reason = {
  invalid: {
    meant_twice: {
      what: "Another row of the list is about the same person.",
      safe: "This row is as it was, and nothing was imported.",
      do: "Leave one of the two out: the row that you decided first, or this one.",
    },
    refraction_unsigned: {
      what: "The refraction that these lenses come from is not signed.",
      safe: "The draft is as it was.",
      do: "Have it signed under the tab Eye.",
    },
    refraction_withdrawn: {
      what: "The refraction that these lenses come from was withdrawn.",
      safe: "The draft is as it was.",
      do: "Write the spectacles anew from a refraction that stands.",
    },
  },
  no_printer: {
    none: {
      what: "No printer is set up on this computer.",
      safe: "Nothing was printed; everything is as it was.",
      do: "Add one in the computer’s settings. Until then, save the paper as a file.",
    },
  },
  offline: {
    server_needed: {
      what: "The server cannot be reached, and this needs it.",
      safe: "Nothing was changed here, and nothing is lost.",
      do: "Try again once the server can be reached.",
    },
  },
  wrong_sheet: {
    lines: {
      what: "The four lines of a paper are not there.",
      safe: "Nothing was opened or changed.",
      do: "Type the whole sheet, or two whole shares: each line has three groups of five letters and figures.",
    },
    not_one: {
      what: "These lines are of several papers: each is right by itself, and together they are none.",
      safe: "Nothing was opened or changed.",
      do: "Type the four lines of one paper.",
    },
    no_sheet: {
      what: "This is another paper than the one that is asked for.",
      safe: "Nothing was opened or changed.",
      do: "Look for the paper whose title is asked for here.",
    },
    one_share: {
      what: "This is one share, and one alone opens nothing.",
      safe: "Nothing was opened or changed.",
      do: "Type another of the clinic’s three shares below it.",
    },
    same_share: {
      what: "This is the same share twice.",
      safe: "Nothing was opened or changed.",
      do: "Type another of the clinic’s three shares.",
    },
    mixed: {
      what: "The sheet and a share stand together.",
      safe: "Nothing was opened or changed.",
      do: "Type the sheet alone, or two shares.",
    },
    too_many: {
      what: "These are too many papers.",
      safe: "Nothing was opened or changed.",
      do: "Type one sheet alone, or two shares.",
    },
    others: {
      what: "These papers are right in themselves and do not open this backup: they are of another computer or clinic, or newer ones were printed since.",
      safe: "Nothing was opened or changed.",
      do: "Look for the sheet of that computer, or for two shares of that clinic.",
    },
  },
  backup_refused: {
    other_clinic: {
      what: "This is the backup of another clinic.",
      safe: "Nothing was changed.",
      do: "To take over records of another clinic, have it export them and use Import.",
    },
    newer: {
      what: "A newer version of ClinicDesk wrote this backup: it needs declarations {{schema}}, this one knows {{here}}.",
      safe: "Nothing was changed.",
      do: "Install the newest ClinicDesk and restore again.",
    },
    gap: {
      what: "Part of this backup is missing: {{object}}, the places {{from}} to {{to}}.",
      safe: "Nothing was changed.",
      do: "Choose a backup in another place, or an earlier point where one comes back.",
    },
    differs: {
      what: "This backup holds something else under numbers that are known here: one of the two computers went on from an old copy.",
      safe: "Nothing was taken in.",
      do: "Choose the backup of the computer that worked on last, or ask whoever looks after ClinicDesk.",
    },
    older: {
      what: "This computer has entries that the backup does not have: {{lacking}}.",
      safe: "Nothing was changed.",
      do: "To set them aside with the records here, say so below. They can be taken in again from there.",
    },
    damaged: {
      what: "Part of this backup is damaged: {{object}}.",
      safe: "Nothing was changed.",
      do: "Choose a backup in another place, or an earlier point where one comes back.",
    },
    missing: {
      what: "Part of this backup is missing: {{object}}.",
      safe: "Nothing was changed.",
      do: "Choose a backup in another place, or an earlier point where one comes back.",
    },
    changed: {
      what: "This backup is not as the computer signed it.",
      safe: "Nothing was changed.",
      do: "Keep it as it is, and restore from another place.",
    },
    empty: {
      what: "There is no backup in this folder.",
      safe: "Nothing was changed.",
      do: "Choose the folder that holds the folder “ClinicDesk”.",
    },
    gone: {
      what: "The place of this backup is not there: a stick that is not plugged in, a share or a server that is not reached.",
      safe: "Nothing was changed.",
      do: "Plug it in, look at the line or the address, and try once more.",
    },
    hangs: {
      what: "The place of this backup does not answer.",
      safe: "Nothing was changed.",
      do: "Look whether the share or stick opens elsewhere, and try once more.",
    },
    not_signed: {
      what: "The computer that this backup is of did not sign it.",
      safe: "Nothing was changed.",
      do: "Keep it as it is, and restore from another place.",
    },
    unknown_workstation: {
      what: "This computer does not know the computer that the backup is of yet.",
      safe: "Nothing was taken in.",
      do: "Send now, so that the clinic’s computers become known here, and try again.",
    },
    no_head: {
      what: "The backup does not show what its computer signed last.",
      safe: "Nothing was taken in.",
      do: "Choose a backup in another place, or an earlier point where one comes back.",
    },
    not_believed: {
      what: "An entry of this backup is not what its author wrote (place {{place}}).",
      safe: "Nothing was taken in.",
      do: "Choose a backup in another place, or an earlier point where one comes back.",
    },
    set_aside: {
      what: "A store that was set aside is taken in by Rejoin.",
      safe: "Nothing was changed.",
      do: "Choose Rejoin.",
    },
    slot: {
      what: "What the paper opens is damaged in this backup: {{object}}. The paper may be right.",
      safe: "Nothing was changed.",
      do: "Use two of the clinic’s shares in place of the sheet, or the sheet in place of the shares, or a backup in another place.",
    },
    nowhere: {
      what: "No backup is called {{from}} here, and it is no server’s address.",
      safe: "Nothing was changed.",
      do: "Choose the folder or stick, or look how the address is written.",
    },
    no_access: {
      what: "It may not be read by whoever uses this computer: {{place}}. Whether a backup lies there is not known.",
      safe: "Nothing was changed.",
      do: "Ask for the right to read the folder and all that lies in it, and try once more.",
    },
    store_opens: {
      what: "The records on this computer open.",
      safe: "Nothing was changed.",
      do: "Sign in as an administrator and restore under Admin, Backups.",
    },
  },
  store_newer: {
    copied: {
      what: "The records on this computer were written by a newer version of ClinicDesk.",
      safe: "Nothing was changed. A copy from before the update lies in {{copy}}.",
      do: "Install the newest ClinicDesk and open it again. To stay with this version, ask an administrator to go back to that copy, as the administrator guide describes.",
    },
  },
  file_unfit: {
    empty: {
      what: "There is nothing in this file.",
      safe: "Nothing of it was filed.",
      do: "Scan or save it once more, and choose that one.",
    },
    heic: {
      what: "This picture is a HEIC, which only some phones can read.",
      safe: "Nothing of it was filed.",
      do: "Send it from the phone as JPEG, or set the phone’s camera to “most compatible” and take it again.",
    },
    office: {
      what: "This is a document of an office program.",
      safe: "Nothing of it was filed.",
      do: "Open it there and save it as PDF, then choose the PDF.",
    },
    archive: {
      what: "This is an archive with files in it.",
      safe: "Nothing of it was filed.",
      do: "Unpack it, look at what is in it, and choose those files.",
    },
    program: {
      what: "This is a program, whatever its name says.",
      safe: "Nothing of it was filed.",
      do: "Do not open it. Delete it, and tell your administrator where it came from.",
    },
    records: {
      what: "These are records of another system, not a paper.",
      safe: "Nothing of it was filed.",
      do: "Ask an administrator to take them in under Admin, Import.",
    },
    unknown: {
      what: "This is no file that a chart takes.",
      safe: "Nothing of it was filed.",
      do: "Choose a picture (JPEG, PNG, WebP, TIFF), a PDF, a DICOM file or a plain text. Anything else: save it as PDF.",
    },
    damaged: {
      what: "This file is damaged.",
      safe: "Nothing of it was filed.",
      do: "Scan it once more, or ask whoever sent it for another copy.",
    },
    locked: {
      what: "This PDF is locked with a password.",
      safe: "Nothing of it was filed.",
      do: "Save it without a password, or ask whoever sent it to.",
    },
    too_many_pixels: {
      what: "This picture has more pixels than can be looked at.",
      safe: "Nothing of it was filed.",
      do: "Scan it with fewer dots (300 dpi is enough), or save it smaller.",
    },
    several_pages: {
      what: "This picture file has several pages.",
      safe: "Nothing of it was filed.",
      do: "Save it as PDF, then choose the PDF.",
    },
    too_large: {
      what: "This file is larger than its sort may be ({{most}} MB).",
      safe: "Nothing of it was filed.",
      do: "Scan it with fewer dots. Only an X-ray may have up to 100 MB: if it is one, choose that sort.",
    },
    gone: {
      what: "This file cannot be read any more.",
      safe: "Nothing of it was filed.",
      do: "Check whether it is still there, and choose it once more.",
    },
  },
  file_refused: {
    not_codes: {
      what: "This is no file of codes, or it is broken.",
      safe: "Nothing of it was added.",
      do: "Choose a file in ClaML, an order file of ICD-10-CM, a FHIR CodeSystem, or a table (CSV, XLSX, XLS, ODS).",
    },
    no_columns: {
      what: "The table does not say which column holds the codes and which the names.",
      safe: "Nothing of it was added.",
      do: "Name the columns in its first line: code and name, and also for other words. Then choose it again.",
    },
    entities: {
      what: "The file brings definitions of its own, which could make it grow without end.",
      safe: "Nothing of it was added.",
      do: "Ask whoever gave you the file for one without them.",
    },
    too_many_bytes: {
      what: "The file is larger than any file of codes.",
      safe: "Nothing of it was added.",
      do: "Choose a file with the names that your clinic needs.",
    },
    too_many: {
      what: "The file has more than 300,000 names.",
      safe: "Nothing of it was added.",
      do: "Choose a file with the names that your clinic needs.",
    },
    no_names: {
      what: "Nothing in the file could be read as a name with a code.",
      safe: "Nothing of it was added.",
      do: "Open the file and look whether it holds codes and names, then choose it again.",
    },
    too_large: {
      what: "The file is larger than 50 MB.",
      safe: "Nothing was changed.",
      do: "Choose a file with that list alone, without pictures and other sheets.",
    },
    unpacked: {
      what: "The file unpacks to more than 200 MB.",
      safe: "Nothing was changed.",
      do: "Choose a file with that list alone, without pictures and other sheets.",
    },
    too_many_cells: {
      what: "The file has more than a million cells.",
      safe: "Nothing was changed.",
      do: "Choose a file with less in it, such as the list of one school year.",
    },
    locked: {
      what: "The file is locked with a password.",
      safe: "Nothing was changed.",
      do: "Save it without a password, or ask whoever made it to.",
    },
    no_list: {
      what: "The file is neither text with separators nor a workbook.",
      safe: "Nothing was changed.",
      do: "Save the list as CSV, XLSX, XLS or ODS, and choose that file.",
    },
    damaged: {
      what: "The file is not whole.",
      safe: "Nothing was changed.",
      do: "Copy it once more, or save it anew as CSV.",
    },
    empty: {
      what: "Nothing stands in the file.",
      safe: "Nothing was changed.",
      do: "Look whether the list is on its first sheet, and not hidden.",
    },
    gone: {
      what: "The file cannot be read any more: it was moved, deleted or locked.",
      safe: "Nothing was changed.",
      do: "Choose it again.",
    },
  },
  server_refused: {
    behind: {
      what: "The server has less than it once acknowledged.",
      safe: "Nothing was changed. What is on this computer stays.",
      do: "Let the server be put right first. If it cannot be, set this computer up anew with a code.",
    },
  },
  server_not_believed: {
    other_key: {
      what: "The answer is signed with another key than that of the clinic’s server.",
      safe: "Nothing of it was accepted; everything that was written here is still here.",
      do: "Go on working and tell an administrator: somebody may stand between this computer and the server, or the server was set up anew.",
    },
    other_fingerprint: {
      what: "The server at this address has another key than the one with this fingerprint.",
      safe: "Nothing was changed.",
      do: "Have the fingerprint read out once more. If it is the same, tell the person who runs the server: somebody may stand in between.",
    },
    not_signed: {
      what: "The answer does not bear the server’s signature.",
      safe: "Nothing of it was accepted; everything that was written here is still here.",
      do: "Go on working and tell an administrator: the answer was changed on its way.",
    },
    other_question: {
      what: "What came back is the answer to another question, or an old answer once more.",
      safe: "Nothing of it was accepted; everything that was written here is still here.",
      do: "Go on working and tell an administrator: somebody may keep back what is new.",
    },
    left_out: {
      what: "The answer leaves out entries that the server itself says it has.",
      safe: "Nothing of it was accepted; everything that was written here is still here.",
      do: "Go on working and tell an administrator. What is missing comes by itself with the next whole answer.",
    },
    erased: {
      what: "The answer takes the contents out of an entry, and nobody ordered that.",
      safe: "Nothing of it was accepted; what is known here stays.",
      do: "Go on working and tell an administrator. The entry comes by itself with the next whole answer.",
    },
    older: {
      what: "The server signed its answers before and does so no more.",
      safe: "Nothing of it was accepted; everything that was written here is still here.",
      do: "Go on working and tell an administrator: an older server was put in its place, or another one.",
    },
  },
  unprintable: {
    no_glyph: {
      what: "The paper cannot show these signs of {{field}}: {{signs}}.",
      safe: "Nothing was issued; what was written is kept.",
      do: "Write them otherwise. For a name, record the name in Latin letters under Details: the paper then bears that one.",
    },
    too_long: {
      what: "This is more than the paper holds.",
      safe: "Nothing was issued; what was written is kept.",
      do: "Shorten the text.",
    },
    unseen: {
      what: "This document cannot be drawn here, and so not printed.",
      safe: "Nothing was printed; the document is as it was.",
      do: "Save a copy, and print it with its own program.",
    },
    too_many_pages: {
      what: "This document has more than {{most}} pages.",
      safe: "Nothing was printed; the document is as it was.",
      do: "Save a copy, and print the pages that you need with its own program.",
    },
    code_too_dense: {
      what: "This is more than the code on the paper holds.",
      safe: "Nothing was issued; what was written is kept.",
      do: "Shorten the longest text; a name that is this long is best recorded in Latin letters.",
    },
  },
  store_damaged: {
    page: {
      what: "A page of the records on this computer is damaged.",
      safe: "Nothing more is written here. Of this computer’s entries the server has {{received}}; {{waiting}} exist only here.",
      do: "Leave this computer as it is, work at another one, and tell your administrator: it has to be restored.",
    },
  },
  guardian_to_agree: {
    minor: {
      what: "The patient is under 18: who decides for them has to agree.",
      safe: "Nothing was saved. The plan is as it was.",
      do: "Have the guardian sign the printed plan, and record the agreement in the guardian’s name. Then save here again.",
    },
  },
  not_backed_up: {
    no_target: {
      what: "There is no place for backups yet.",
      safe: "The records are as they were.",
      do: "Ask an administrator to choose a folder on another disk, on the clinic’s file server, or a stick.",
    },
    gone: {
      what: "That place is not there now: it is not plugged in or not connected, it was erased, or another one is in its place.",
      safe: "Nothing was written there. The records and the backups before are as they were.",
      do: "Plug it in or connect it, and try again. One that was erased or exchanged is chosen anew under Where backups go.",
    },
    copied: {
      what: "What lies there is a copy of “{{name}}”, which is still where it was.",
      safe: "Nothing was changed. Backups go on where they went.",
      do: "Choose an empty place, or take “{{name}}” away first.",
    },
    hangs: {
      what: "That place does not answer.",
      safe: "The records and the backups before are as they were.",
      do: "Look whether it opens elsewhere. What is backed up in other places goes on.",
    },
    full: {
      what: "There is no room left in that place.",
      safe: "The records and the backups before are as they were.",
      do: "Make room there, or choose another place.",
    },
    read_only: {
      what: "Nothing can be written in that place.",
      safe: "The records and the backups before are as they were.",
      do: "Unlock the stick, or ask for the right to write there, or choose another place.",
    },
    unreadable: {
      what: "What lies in that place cannot be read.",
      safe: "The records and the backups before are as they were.",
      do: "Ask for the right to read the folder and all that lies in it.",
    },
    elsewhere: {
      what: "That place holds the backups of another clinic.",
      safe: "Nothing was written there.",
      do: "Choose another place.",
    },
  },
  not_saved: {
    full: {
      what: "The copy was not saved: there is no room left in that place.",
      safe: "The records are as they were.",
      do: "Make room there, or choose another place.",
    },
    not_allowed: {
      what: "The copy was not saved: nothing may be written in that place.",
      safe: "The records are as they were.",
      do: "Choose a folder of your own, or a stick that is not locked.",
    },
    gone: {
      what: "The copy was not saved: that place is not there any more.",
      safe: "The records are as they were.",
      do: "Put the stick back in, or choose another place.",
    },
    records: {
      what: "The copy was not saved: ClinicDesk keeps its records in that folder.",
      safe: "The records are as they were.",
      do: "Choose a folder of your own.",
    },
    too_large: {
      what: "These documents have more than {{most}} MB together.",
      safe: "Nothing was saved; the records are as they were.",
      do: "Show only one sort, and save that.",
    },
  },
  unreadable_code: {
    kind: {
      what: "This file is neither a PDF nor a picture.",
      safe: "Nothing was kept of it.",
      do: "Choose the PDF itself, or a PNG or JPEG picture of the paper.",
    },
    too_large: {
      what: "This file is too large to be read.",
      safe: "Nothing was kept of it.",
      do: "Choose one of at most 24 MB and 20 pages, or take a smaller picture.",
    },
    damaged: {
      what: "This file is damaged.",
      safe: "Nothing was kept of it.",
      do: "Ask for the file once more, or type the number.",
    },
    several: {
      what: "There are several certificates in this file.",
      safe: "Nothing was kept of it.",
      do: "Verify them one by one: take a picture of each.",
    },
    many_files: {
      what: "These are several files.",
      safe: "Nothing was kept of them.",
      do: "Verify them one by one.",
    },
    gone: {
      what: "This file cannot be read any more.",
      safe: "Nothing was kept of it.",
      do: "Check whether it is still there, and choose it once more.",
    },
  },
} as const;
