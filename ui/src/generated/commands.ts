// Written by `cargo run --locked --bin bindings`; do not edit.
import type { AddAddendum } from "./AddAddendum";
import type { AddAllergy } from "./AddAllergy";
import type { AddImmunisation } from "./AddImmunisation";
import type { AddMedicine } from "./AddMedicine";
import type { AddProblem } from "./AddProblem";
import type { AddUser } from "./AddUser";
import type { Added } from "./Added";
import type { Attach } from "./Attach";
import type { AuditTrail } from "./AuditTrail";
import type { Banner } from "./Banner";
import type { CalendarView } from "./CalendarView";
import type { CertificateFile } from "./CertificateFile";
import type { CertificatePages } from "./CertificatePages";
import type { CertificatePreview } from "./CertificatePreview";
import type { CertificateView } from "./CertificateView";
import type { Certificates } from "./Certificates";
import type { CertificatesOf } from "./CertificatesOf";
import type { ChangePassword } from "./ChangePassword";
import type { Chart } from "./Chart";
import type { CodeGiven } from "./CodeGiven";
import type { ConfirmSheet } from "./ConfirmSheet";
import type { Conflicts } from "./Conflicts";
import type { DeactivateUser } from "./DeactivateUser";
import type { DeclareNoAllergies } from "./DeclareNoAllergies";
import type { Details } from "./Details";
import type { Door } from "./Door";
import type { DraftCertificate } from "./DraftCertificate";
import type { EditCalendar } from "./EditCalendar";
import type { EditClaim } from "./EditClaim";
import type { EditPatient } from "./EditPatient";
import type { EditUser } from "./EditUser";
import type { Enrol } from "./Enrol";
import type { Enrolled } from "./Enrolled";
import type { EnrolmentCode } from "./EnrolmentCode";
import type { ExportTrail } from "./ExportTrail";
import type { FindPatients } from "./FindPatients";
import type { Found } from "./Found";
import type { FoundClinic } from "./FoundClinic";
import type { Founded } from "./Founded";
import type { ImportFhir } from "./ImportFhir";
import type { Imported } from "./Imported";
import type { IssueCertificate } from "./IssueCertificate";
import type { Issued } from "./Issued";
import type { IssuingPublic } from "./IssuingPublic";
import type { KeepScratch } from "./KeepScratch";
import type { Kept } from "./Kept";
import type { ListCertificates } from "./ListCertificates";
import type { ListConflicts } from "./ListConflicts";
import type { ListStaff } from "./ListStaff";
import type { Looked } from "./Looked";
import type { NoteView } from "./NoteView";
import type { Nothing } from "./Nothing";
import type { OfCertificate } from "./OfCertificate";
import type { OfNote } from "./OfNote";
import type { OfPatient } from "./OfPatient";
import type { OfVisit } from "./OfVisit";
import type { OpenVisits } from "./OpenVisits";
import type { PagesOf } from "./PagesOf";
import type { PreviewCertificate } from "./PreviewCertificate";
import type { PrintCertificate } from "./PrintCertificate";
import type { PrintPaper } from "./PrintPaper";
import type { Printed } from "./Printed";
import type { Printers } from "./Printers";
import type { Rebuild } from "./Rebuild";
import type { RebuildReport } from "./RebuildReport";
import type { RecordVitals } from "./RecordVitals";
import type { RecoveryPapers } from "./RecoveryPapers";
import type { RegisterPatient } from "./RegisterPatient";
import type { ReleaseSignIn } from "./ReleaseSignIn";
import type { ResolveConflict } from "./ResolveConflict";
import type { RevokeWorkstation } from "./RevokeWorkstation";
import type { SaveCertificate } from "./SaveCertificate";
import type { SavePaper } from "./SavePaper";
import type { SavedCertificate } from "./SavedCertificate";
import type { ScratchKept } from "./ScratchKept";
import type { Scratches } from "./Scratches";
import type { Session } from "./Session";
import type { SetAside } from "./SetAside";
import type { SignIn } from "./SignIn";
import type { Similar } from "./Similar";
import type { SimilarPatients } from "./SimilarPatients";
import type { Staff } from "./Staff";
import type { StartVisit } from "./StartVisit";
import type { Status } from "./Status";
import type { StepCertificate } from "./StepCertificate";
import type { StepVisit } from "./StepVisit";
import type { StoreChecked } from "./StoreChecked";
import type { SyncReport } from "./SyncReport";
import type { Templates } from "./Templates";
import type { Timeline } from "./Timeline";
import type { TimelineOf } from "./TimelineOf";
import type { Trail } from "./Trail";
import type { TrailExported } from "./TrailExported";
import type { Unlock } from "./Unlock";
import type { Verified } from "./Verified";
import type { VerifiedCertificate } from "./VerifiedCertificate";
import type { VerifyCertificate } from "./VerifyCertificate";
import type { VisitView } from "./VisitView";
import type { VitalSigns } from "./VitalSigns";
import type { VitalsKept } from "./VitalsKept";
import type { VoidClaim } from "./VoidClaim";
import type { VoidPatient } from "./VoidPatient";
import type { Workstations } from "./Workstations";
import type { WriteNote } from "./WriteNote";

export type { AddAddendum };
export type { AddAllergy };
export type { AddImmunisation };
export type { AddMedicine };
export type { AddProblem };
export type { AddUser };
export type { Added };
export type { Attach };
export type { AuditTrail };
export type { Banner };
export type { CalendarView };
export type { CertificateFile };
export type { CertificatePages };
export type { CertificatePreview };
export type { CertificateView };
export type { Certificates };
export type { CertificatesOf };
export type { ChangePassword };
export type { Chart };
export type { CodeGiven };
export type { ConfirmSheet };
export type { Conflicts };
export type { DeactivateUser };
export type { DeclareNoAllergies };
export type { Details };
export type { Door };
export type { DraftCertificate };
export type { EditCalendar };
export type { EditClaim };
export type { EditPatient };
export type { EditUser };
export type { Enrol };
export type { Enrolled };
export type { EnrolmentCode };
export type { ExportTrail };
export type { FindPatients };
export type { Found };
export type { FoundClinic };
export type { Founded };
export type { ImportFhir };
export type { Imported };
export type { IssueCertificate };
export type { Issued };
export type { IssuingPublic };
export type { KeepScratch };
export type { Kept };
export type { ListCertificates };
export type { ListConflicts };
export type { ListStaff };
export type { Looked };
export type { NoteView };
export type { Nothing };
export type { OfCertificate };
export type { OfNote };
export type { OfPatient };
export type { OfVisit };
export type { OpenVisits };
export type { PagesOf };
export type { PreviewCertificate };
export type { PrintCertificate };
export type { PrintPaper };
export type { Printed };
export type { Printers };
export type { Rebuild };
export type { RebuildReport };
export type { RecordVitals };
export type { RecoveryPapers };
export type { RegisterPatient };
export type { ReleaseSignIn };
export type { ResolveConflict };
export type { RevokeWorkstation };
export type { SaveCertificate };
export type { SavePaper };
export type { SavedCertificate };
export type { ScratchKept };
export type { Scratches };
export type { Session };
export type { SetAside };
export type { SignIn };
export type { Similar };
export type { SimilarPatients };
export type { Staff };
export type { StartVisit };
export type { Status };
export type { StepCertificate };
export type { StepVisit };
export type { StoreChecked };
export type { SyncReport };
export type { Templates };
export type { Timeline };
export type { TimelineOf };
export type { Trail };
export type { TrailExported };
export type { Unlock };
export type { Verified };
export type { VerifiedCertificate };
export type { VerifyCertificate };
export type { VisitView };
export type { VitalSigns };
export type { VitalsKept };
export type { VoidClaim };
export type { VoidPatient };
export type { Workstations };
export type { WriteNote };

export interface Commands {
  door: { input: Nothing; output: Door };
  found_clinic: { input: FoundClinic; output: Founded };
  enrol: { input: Enrol; output: Enrolled };
  sign_in: { input: SignIn; output: Session };
  unlock: { input: Unlock; output: Session };
  lock: { input: Nothing; output: Nothing };
  sign_out: { input: Nothing; output: Nothing };
  session: { input: Nothing; output: Session };
  confirm_sheet: { input: ConfirmSheet; output: Nothing };
  recovery_papers: { input: Nothing; output: RecoveryPapers };
  new_sheet: { input: Nothing; output: RecoveryPapers };
  print_paper: { input: PrintPaper; output: Printed };
  save_paper: { input: SavePaper; output: SavedCertificate };
  change_password: { input: ChangePassword; output: Nothing };
  calendar: { input: Nothing; output: CalendarView };
  edit_calendar: { input: EditCalendar; output: Kept };
  staff: { input: ListStaff; output: Staff };
  add_user: { input: AddUser; output: Added };
  edit_user: { input: EditUser; output: Added };
  deactivate_user: { input: DeactivateUser; output: Added };
  release_sign_in: { input: ReleaseSignIn; output: Nothing };
  find_patients: { input: FindPatients; output: Found };
  recent_patients: { input: Nothing; output: Found };
  similar_patients: { input: SimilarPatients; output: Similar };
  register_patient: { input: RegisterPatient; output: Kept };
  patient: { input: OfPatient; output: Details };
  edit_patient: { input: EditPatient; output: Kept };
  void_patient: { input: VoidPatient; output: Kept };
  banner: { input: OfPatient; output: Banner };
  chart: { input: OfPatient; output: Chart };
  timeline: { input: TimelineOf; output: Timeline };
  add_allergy: { input: AddAllergy; output: Kept };
  edit_allergy: { input: EditClaim; output: Kept };
  void_allergy: { input: VoidClaim; output: Kept };
  declare_no_allergies: { input: DeclareNoAllergies; output: Kept };
  add_problem: { input: AddProblem; output: Kept };
  edit_problem: { input: EditClaim; output: Kept };
  void_problem: { input: VoidClaim; output: Kept };
  add_immunisation: { input: AddImmunisation; output: Kept };
  edit_immunisation: { input: EditClaim; output: Kept };
  void_immunisation: { input: VoidClaim; output: Kept };
  add_medicine: { input: AddMedicine; output: Kept };
  edit_medicine: { input: EditClaim; output: Kept };
  void_medicine: { input: VoidClaim; output: Kept };
  start_visit: { input: StartVisit; output: Kept };
  step_visit: { input: StepVisit; output: Kept };
  edit_visit: { input: EditClaim; output: Kept };
  open_visits: { input: Nothing; output: OpenVisits };
  visit: { input: OfVisit; output: VisitView };
  save_note: { input: WriteNote; output: Kept };
  sign_note: { input: WriteNote; output: Kept };
  void_note: { input: VoidClaim; output: Kept };
  add_addendum: { input: AddAddendum; output: Kept };
  note: { input: OfNote; output: NoteView };
  vital_signs: { input: OfPatient; output: VitalSigns };
  record_vitals: { input: RecordVitals; output: VitalsKept };
  void_vital: { input: VoidClaim; output: Kept };
  templates: { input: Nothing; output: Templates };
  draft_certificate: { input: DraftCertificate; output: Kept };
  edit_certificate: { input: EditClaim; output: Kept };
  submit_certificate: { input: StepCertificate; output: Kept };
  take_back_certificate: { input: StepCertificate; output: Kept };
  return_certificate: { input: StepCertificate; output: Kept };
  reject_certificate: { input: StepCertificate; output: Kept };
  issue_certificate: { input: IssueCertificate; output: Issued };
  revoke_certificate: { input: StepCertificate; output: Kept };
  certificate: { input: OfCertificate; output: CertificateView };
  certificate_pages: { input: PagesOf; output: CertificatePages };
  preview_certificate: { input: PreviewCertificate; output: CertificatePreview };
  certificate_file: { input: OfCertificate; output: CertificateFile };
  save_certificate: { input: SaveCertificate; output: SavedCertificate };
  printers: { input: Nothing; output: Printers };
  print_certificate: { input: PrintCertificate; output: Printed };
  issuing_key: { input: Nothing; output: IssuingPublic };
  certificates: { input: ListCertificates; output: Certificates };
  certificates_of: { input: OfPatient; output: CertificatesOf };
  verify_certificate: { input: VerifyCertificate; output: VerifiedCertificate };
  import_fhir: { input: ImportFhir; output: Imported };
  keep_scratch: { input: KeepScratch; output: ScratchKept };
  scratches: { input: Nothing; output: Scratches };
  conflicts: { input: ListConflicts; output: Conflicts };
  resolve_conflict: { input: ResolveConflict; output: Kept };
  who_looked: { input: OfPatient; output: Looked };
  audit_trail: { input: AuditTrail; output: Trail };
  export_trail: { input: ExportTrail; output: TrailExported };
  verify_audit: { input: Nothing; output: Verified };
  attach: { input: Attach; output: Nothing };
  enrolment_code: { input: EnrolmentCode; output: CodeGiven };
  send_now: { input: Nothing; output: Nothing };
  sync_report: { input: Nothing; output: SyncReport };
  set_aside: { input: SetAside; output: Nothing };
  workstations: { input: Nothing; output: Workstations };
  revoke_workstation: { input: RevokeWorkstation; output: Kept };
  status: { input: Nothing; output: Status };
  check_store: { input: Nothing; output: StoreChecked };
  rebuild: { input: Rebuild; output: RebuildReport };
}

/** What an answer rests on and a command makes stale: a kind of record, or what is no record. */
export type Tag = "clinic" | "site" | "workstation" | "calendar" | "user" | "patient" | "allergy" | "problem" | "immunisation" | "medicine" | "visit" | "note" | "addendum" | "observation" | "event" | "template" | "certificate" | "number_block" | "issuer" | "session" | "scratch" | "audit" | "status";

export const commandTags: { [K in keyof Commands]: { reads: Tag[]; stales: Tag[] } } = {
  door: { reads: ["session", "user", "clinic", "site"], stales: [] },
  found_clinic: { reads: [], stales: ["session", "clinic", "site", "workstation", "user", "template", "number_block"] },
  enrol: { reads: [], stales: ["clinic", "site", "workstation", "calendar", "user", "patient", "allergy", "problem", "immunisation", "medicine", "visit", "note", "addendum", "observation", "event", "template", "certificate", "number_block", "issuer", "session"] },
  sign_in: { reads: [], stales: ["session"] },
  unlock: { reads: [], stales: ["session"] },
  lock: { reads: [], stales: ["session"] },
  sign_out: { reads: [], stales: ["session"] },
  session: { reads: ["session", "user", "clinic", "site"], stales: [] },
  confirm_sheet: { reads: [], stales: ["session", "status"] },
  recovery_papers: { reads: ["session"], stales: [] },
  new_sheet: { reads: [], stales: ["session", "status"] },
  print_paper: { reads: [], stales: [] },
  save_paper: { reads: [], stales: [] },
  change_password: { reads: [], stales: ["user"] },
  calendar: { reads: ["calendar"], stales: [] },
  edit_calendar: { reads: [], stales: ["calendar"] },
  staff: { reads: ["user", "session"], stales: [] },
  add_user: { reads: [], stales: ["user"] },
  edit_user: { reads: [], stales: ["user"] },
  deactivate_user: { reads: [], stales: ["user"] },
  release_sign_in: { reads: [], stales: ["session"] },
  find_patients: { reads: ["patient"], stales: [] },
  recent_patients: { reads: ["patient"], stales: [] },
  similar_patients: { reads: ["patient"], stales: [] },
  register_patient: { reads: [], stales: ["patient"] },
  patient: { reads: ["patient"], stales: [] },
  edit_patient: { reads: [], stales: ["patient"] },
  void_patient: { reads: [], stales: ["patient"] },
  banner: { reads: ["patient", "allergy", "visit", "user"], stales: [] },
  chart: { reads: ["patient", "allergy", "visit", "problem", "immunisation", "medicine", "observation", "note", "addendum", "event", "certificate", "user"], stales: [] },
  timeline: { reads: ["patient", "user", "visit", "note", "addendum", "observation", "event", "problem", "allergy", "immunisation", "medicine", "certificate"], stales: [] },
  add_allergy: { reads: [], stales: ["allergy", "patient"] },
  edit_allergy: { reads: [], stales: ["allergy"] },
  void_allergy: { reads: [], stales: ["allergy"] },
  declare_no_allergies: { reads: [], stales: ["patient"] },
  add_problem: { reads: [], stales: ["problem"] },
  edit_problem: { reads: [], stales: ["problem"] },
  void_problem: { reads: [], stales: ["problem"] },
  add_immunisation: { reads: [], stales: ["immunisation"] },
  edit_immunisation: { reads: [], stales: ["immunisation"] },
  void_immunisation: { reads: [], stales: ["immunisation"] },
  add_medicine: { reads: [], stales: ["medicine"] },
  edit_medicine: { reads: [], stales: ["medicine"] },
  void_medicine: { reads: [], stales: ["medicine"] },
  start_visit: { reads: [], stales: ["visit"] },
  step_visit: { reads: [], stales: ["visit"] },
  edit_visit: { reads: [], stales: ["visit"] },
  open_visits: { reads: ["visit", "patient", "user"], stales: [] },
  visit: { reads: ["visit", "patient", "note", "addendum", "observation", "certificate", "template", "user"], stales: [] },
  save_note: { reads: [], stales: ["note", "visit", "scratch"] },
  sign_note: { reads: [], stales: ["note", "visit", "scratch"] },
  void_note: { reads: [], stales: ["note"] },
  add_addendum: { reads: [], stales: ["addendum"] },
  note: { reads: ["note", "addendum", "visit", "user"], stales: [] },
  vital_signs: { reads: ["patient", "observation", "user"], stales: [] },
  record_vitals: { reads: [], stales: ["observation"] },
  void_vital: { reads: [], stales: ["observation"] },
  templates: { reads: ["template", "user"], stales: [] },
  draft_certificate: { reads: [], stales: ["certificate"] },
  edit_certificate: { reads: [], stales: ["certificate"] },
  submit_certificate: { reads: [], stales: ["certificate"] },
  take_back_certificate: { reads: [], stales: ["certificate"] },
  return_certificate: { reads: [], stales: ["certificate"] },
  reject_certificate: { reads: [], stales: ["certificate"] },
  issue_certificate: { reads: [], stales: ["certificate", "number_block"] },
  revoke_certificate: { reads: [], stales: ["certificate"] },
  certificate: { reads: ["certificate", "patient", "template", "user", "visit", "audit", "calendar"], stales: [] },
  certificate_pages: { reads: ["certificate", "clinic", "patient", "site", "template", "user", "calendar"], stales: [] },
  preview_certificate: { reads: ["clinic", "patient", "site", "template", "user", "calendar"], stales: [] },
  certificate_file: { reads: ["certificate", "clinic", "patient", "site", "template", "user", "calendar"], stales: [] },
  save_certificate: { reads: ["certificate", "clinic", "patient", "site", "template", "user", "calendar"], stales: [] },
  printers: { reads: [], stales: [] },
  print_certificate: { reads: [], stales: ["audit"] },
  issuing_key: { reads: [], stales: [] },
  certificates: { reads: ["certificate", "patient", "user", "template"], stales: [] },
  certificates_of: { reads: ["certificate", "patient", "user", "template"], stales: [] },
  verify_certificate: { reads: ["certificate", "number_block", "patient", "user", "template", "workstation", "issuer", "clinic"], stales: [] },
  import_fhir: { reads: [], stales: ["patient", "allergy", "problem", "immunisation", "medicine", "visit", "note", "observation", "event"] },
  keep_scratch: { reads: [], stales: ["scratch"] },
  scratches: { reads: ["scratch"], stales: [] },
  conflicts: { reads: ["clinic", "site", "workstation", "calendar", "user", "patient", "allergy", "problem", "immunisation", "medicine", "visit", "note", "addendum", "observation", "event", "template", "certificate", "number_block", "issuer"], stales: [] },
  resolve_conflict: { reads: [], stales: ["clinic", "site", "workstation", "calendar", "user", "patient", "allergy", "problem", "immunisation", "medicine", "visit", "note", "addendum", "observation", "event", "template", "certificate", "number_block", "issuer"] },
  who_looked: { reads: ["audit", "user"], stales: [] },
  audit_trail: { reads: ["audit", "user", "patient"], stales: [] },
  export_trail: { reads: ["audit", "user", "patient"], stales: ["audit"] },
  verify_audit: { reads: ["audit"], stales: [] },
  attach: { reads: [], stales: ["status"] },
  enrolment_code: { reads: [], stales: ["workstation"] },
  send_now: { reads: [], stales: ["status"] },
  sync_report: { reads: ["clinic", "site", "workstation", "calendar", "user", "patient", "allergy", "problem", "immunisation", "medicine", "visit", "note", "addendum", "observation", "event", "template", "certificate", "number_block", "issuer", "status"], stales: [] },
  set_aside: { reads: [], stales: ["status"] },
  workstations: { reads: ["workstation", "site", "status"], stales: [] },
  revoke_workstation: { reads: [], stales: ["workstation"] },
  status: { reads: ["clinic", "site", "workstation", "calendar", "user", "patient", "allergy", "problem", "immunisation", "medicine", "visit", "note", "addendum", "observation", "event", "template", "certificate", "number_block", "issuer", "status"], stales: [] },
  check_store: { reads: [], stales: [] },
  rebuild: { reads: [], stales: ["clinic", "site", "workstation", "calendar", "user", "patient", "allergy", "problem", "immunisation", "medicine", "visit", "note", "addendum", "observation", "event", "template", "certificate", "number_block", "issuer", "status"] },
};

export const refusalCodes = ["unknown_command", "wrong_input", "missing", "invalid", "implausible", "not_signed_in", "screen_locked", "no_clinic", "clinic_exists", "not_recognised", "wait", "slot_disabled", "not_switched_off", "weak_password", "password_not_changed", "wrong_sheet", "not_trusted", "rests_on_them", "not_permitted", "account_inactive", "account_expired", "licence_expired", "not_author", "not_found", "frozen", "illegal_move", "in_visit", "stale", "disputed", "clock_behind", "no_numbers", "no_issuing_key", "unprintable", "not_as_issued", "no_printer", "not_printed", "not_saved", "rules", "too_large", "file_refused", "not_attached", "offline", "server_refused", "server_not_believed", "forked", "wrong_code", "not_genuine", "unknown_issuer", "unrecorded", "certificate_revoked", "certificate_superseded", "unreadable_code", "meets_allergy", "known_allergy", "store_in_use", "store_damaged", "store_newer", "disk_full", "store_failed"] as const;
