// Written by `cargo run --locked --bin bindings`; do not edit.
import type { AddAddendum } from "./AddAddendum";
import type { AddFile } from "./AddFile";
import type { AddUser } from "./AddUser";
import type { Added } from "./Added";
import type { AgreeTreatments } from "./AgreeTreatments";
import type { Allergy } from "./Allergy";
import type { AllergyText } from "./AllergyText";
import type { AmendForm } from "./AmendForm";
import type { ApplyList } from "./ApplyList";
import type { AskOutcome } from "./AskOutcome";
import type { AssignFromTray } from "./AssignFromTray";
import type { Attach } from "./Attach";
import type { AttachmentText } from "./AttachmentText";
import type { AuditTrail } from "./AuditTrail";
import type { BackUpNow } from "./BackUpNow";
import type { Background } from "./Background";
import type { BackgroundText } from "./BackgroundText";
import type { Backups } from "./Backups";
import type { Banner } from "./Banner";
import type { BannerAlert } from "./BannerAlert";
import type { BannerAlertText } from "./BannerAlertText";
import type { Board } from "./Board";
import type { CalendarView } from "./CalendarView";
import type { CallTicket } from "./CallTicket";
import type { CancelJob } from "./CancelJob";
import type { CertificateFile } from "./CertificateFile";
import type { CertificatePages } from "./CertificatePages";
import type { CertificatePreview } from "./CertificatePreview";
import type { CertificateText } from "./CertificateText";
import type { CertificateView } from "./CertificateView";
import type { Certificates } from "./Certificates";
import type { CertificatesOf } from "./CertificatesOf";
import type { ChangePassword } from "./ChangePassword";
import type { Chart } from "./Chart";
import type { CheckForm } from "./CheckForm";
import type { Checked } from "./Checked";
import type { Claim } from "./Claim";
import type { Claims } from "./Claims";
import type { ClinicText } from "./ClinicText";
import type { ClinicView } from "./ClinicView";
import type { CodeGiven } from "./CodeGiven";
import type { CodePacks } from "./CodePacks";
import type { CodesFound } from "./CodesFound";
import type { CodesTaken } from "./CodesTaken";
import type { ConfirmSheet } from "./ConfirmSheet";
import type { Conflicts } from "./Conflicts";
import type { DeactivateUser } from "./DeactivateUser";
import type { DeclareNoAllergies } from "./DeclareNoAllergies";
import type { Details } from "./Details";
import type { Door } from "./Door";
import type { DraftCertificate } from "./DraftCertificate";
import type { Edit } from "./Edit";
import type { EditCalendar } from "./EditCalendar";
import type { EditPatient } from "./EditPatient";
import type { EditTargets } from "./EditTargets";
import type { EditUser } from "./EditUser";
import type { EndCodes } from "./EndCodes";
import type { Enrol } from "./Enrol";
import type { Enrolled } from "./Enrolled";
import type { Enrolment } from "./Enrolment";
import type { EnrolmentCode } from "./EnrolmentCode";
import type { EnrolmentText } from "./EnrolmentText";
import type { ExportFiles } from "./ExportFiles";
import type { ExportForms } from "./ExportForms";
import type { ExportTrail } from "./ExportTrail";
import type { EyeOutcome } from "./EyeOutcome";
import type { EyeTreatments } from "./EyeTreatments";
import type { FileAdded } from "./FileAdded";
import type { FileLooked } from "./FileLooked";
import type { FileMoved } from "./FileMoved";
import type { FilePages } from "./FilePages";
import type { FileState } from "./FileState";
import type { FileView } from "./FileView";
import type { Files } from "./Files";
import type { FilesExported } from "./FilesExported";
import type { FilledForms } from "./FilledForms";
import type { FilledView } from "./FilledView";
import type { FindCodes } from "./FindCodes";
import type { FindPatients } from "./FindPatients";
import type { FindingRow } from "./FindingRow";
import type { FormView } from "./FormView";
import type { Forms } from "./Forms";
import type { Found } from "./Found";
import type { FoundClinic } from "./FoundClinic";
import type { Founded } from "./Founded";
import type { HeldList } from "./HeldList";
import type { History } from "./History";
import type { HistoryOf } from "./HistoryOf";
import type { Immunisation } from "./Immunisation";
import type { ImmunisationText } from "./ImmunisationText";
import type { ImportFhir } from "./ImportFhir";
import type { Imported } from "./Imported";
import type { InHand } from "./InHand";
import type { IssueCertificate } from "./IssueCertificate";
import type { Issued } from "./Issued";
import type { IssuingPublic } from "./IssuingPublic";
import type { Jobs } from "./Jobs";
import type { KeepFindings } from "./KeepFindings";
import type { KeepScratch } from "./KeepScratch";
import type { Kept } from "./Kept";
import type { LatestVitals } from "./LatestVitals";
import type { ListCertificates } from "./ListCertificates";
import type { ListConflicts } from "./ListConflicts";
import type { ListFiles } from "./ListFiles";
import type { ListFilled } from "./ListFilled";
import type { ListMeasures } from "./ListMeasures";
import type { ListNoteSets } from "./ListNoteSets";
import type { ListOf } from "./ListOf";
import type { ListRows } from "./ListRows";
import type { ListSnippets } from "./ListSnippets";
import type { ListStaff } from "./ListStaff";
import type { ListTreatments } from "./ListTreatments";
import type { ListUnread } from "./ListUnread";
import type { LogChecked } from "./LogChecked";
import type { LookAtFile } from "./LookAtFile";
import type { LookAtList } from "./LookAtList";
import type { Looked } from "./Looked";
import type { LookedElsewhere } from "./LookedElsewhere";
import type { Make } from "./Make";
import type { Measures } from "./Measures";
import type { Medicine } from "./Medicine";
import type { MedicineText } from "./MedicineText";
import type { Mouth } from "./Mouth";
import type { MoveFile } from "./MoveFile";
import type { NoteSetRow } from "./NoteSetRow";
import type { NoteSets } from "./NoteSets";
import type { NoteView } from "./NoteView";
import type { Nothing } from "./Nothing";
import type { OfCertificate } from "./OfCertificate";
import type { OfFile } from "./OfFile";
import type { OfFilled } from "./OfFilled";
import type { OfList } from "./OfList";
import type { OfMouth } from "./OfMouth";
import type { OfNote } from "./OfNote";
import type { OfNoteSet } from "./OfNoteSet";
import type { OfPatient } from "./OfPatient";
import type { OfRecord } from "./OfRecord";
import type { OfTarget } from "./OfTarget";
import type { OfTooth } from "./OfTooth";
import type { OfVisit } from "./OfVisit";
import type { OpenBySheet } from "./OpenBySheet";
import type { OpenChart } from "./OpenChart";
import type { OpenForm } from "./OpenForm";
import type { OpenList } from "./OpenList";
import type { PagesOf } from "./PagesOf";
import type { PagesOfFile } from "./PagesOfFile";
import type { Permission } from "./Permission";
import type { PinCode } from "./PinCode";
import type { PlanTreatment } from "./PlanTreatment";
import type { PointsOf } from "./PointsOf";
import type { PreviewCertificate } from "./PreviewCertificate";
import type { PrintCertificate } from "./PrintCertificate";
import type { PrintDaySheet } from "./PrintDaySheet";
import type { PrintEncounterForm } from "./PrintEncounterForm";
import type { PrintFile } from "./PrintFile";
import type { PrintForm } from "./PrintForm";
import type { PrintOutcome } from "./PrintOutcome";
import type { PrintPaper } from "./PrintPaper";
import type { PrintPlan } from "./PrintPlan";
import type { Printed } from "./Printed";
import type { Printers } from "./Printers";
import type { Problem } from "./Problem";
import type { ProblemText } from "./ProblemText";
import type { ProcedureText } from "./ProcedureText";
import type { Queue } from "./Queue";
import type { ReadFile } from "./ReadFile";
import type { Rebuild } from "./Rebuild";
import type { RebuildReport } from "./RebuildReport";
import type { Recent } from "./Recent";
import type { RecordConsent } from "./RecordConsent";
import type { RecordVitals } from "./RecordVitals";
import type { RecoveryPapers } from "./RecoveryPapers";
import type { RegisterPatient } from "./RegisterPatient";
import type { Rejoin } from "./Rejoin";
import type { Rejoined } from "./Rejoined";
import type { ReleaseSignIn } from "./ReleaseSignIn";
import type { Reopened } from "./Reopened";
import type { ResolveConflict } from "./ResolveConflict";
import type { Restore } from "./Restore";
import type { RestoreFrom } from "./RestoreFrom";
import type { RestoreHere } from "./RestoreHere";
import type { RestorePlan } from "./RestorePlan";
import type { RestorePoints } from "./RestorePoints";
import type { RestoreSources } from "./RestoreSources";
import type { Restored } from "./Restored";
import type { RestoredHere } from "./RestoredHere";
import type { RevokeWorkstation } from "./RevokeWorkstation";
import type { RowsOfList } from "./RowsOfList";
import type { SaveCertificate } from "./SaveCertificate";
import type { SaveDaySheet } from "./SaveDaySheet";
import type { SaveFile } from "./SaveFile";
import type { SaveFormPdf } from "./SaveFormPdf";
import type { SaveOutcome } from "./SaveOutcome";
import type { SavePaper } from "./SavePaper";
import type { SavePlan } from "./SavePlan";
import type { SavedCertificate } from "./SavedCertificate";
import type { ScratchKept } from "./ScratchKept";
import type { Scratches } from "./Scratches";
import type { Session } from "./Session";
import type { SetAside } from "./SetAside";
import type { SetSetting } from "./SetSetting";
import type { SetTray } from "./SetTray";
import type { Settings } from "./Settings";
import type { SettleRow } from "./SettleRow";
import type { SettleRows } from "./SettleRows";
import type { SignIn } from "./SignIn";
import type { SignRehearsal } from "./SignRehearsal";
import type { Similar } from "./Similar";
import type { SimilarPatients } from "./SimilarPatients";
import type { SiteText } from "./SiteText";
import type { Snippets } from "./Snippets";
import type { Staff } from "./Staff";
import type { StartVisit } from "./StartVisit";
import type { Status } from "./Status";
import type { StepCertificate } from "./StepCertificate";
import type { StepTicket } from "./StepTicket";
import type { StepTreatment } from "./StepTreatment";
import type { StepVisit } from "./StepVisit";
import type { StoreChecked } from "./StoreChecked";
import type { StoresSetAside } from "./StoresSetAside";
import type { SyncReport } from "./SyncReport";
import type { TakeInCodes } from "./TakeInCodes";
import type { Templates } from "./Templates";
import type { Timeline } from "./Timeline";
import type { TimelineOf } from "./TimelineOf";
import type { ToothMarkText } from "./ToothMarkText";
import type { ToothStory } from "./ToothStory";
import type { Trail } from "./Trail";
import type { TrailExported } from "./TrailExported";
import type { Tray } from "./Tray";
import type { TreatmentRow } from "./TreatmentRow";
import type { TrustServer } from "./TrustServer";
import type { Uncoded } from "./Uncoded";
import type { UncodedAfter } from "./UncodedAfter";
import type { Unlock } from "./Unlock";
import type { UnreadFiles } from "./UnreadFiles";
import type { Verified } from "./Verified";
import type { VerifiedCertificate } from "./VerifiedCertificate";
import type { VerifyCertificate } from "./VerifyCertificate";
import type { VisitDetails } from "./VisitDetails";
import type { VisitText } from "./VisitText";
import type { VisitView } from "./VisitView";
import type { VitalSigns } from "./VitalSigns";
import type { VitalsKept } from "./VitalsKept";
import type { VoidClaim } from "./VoidClaim";
import type { VoidPatient } from "./VoidPatient";
import type { Workstations } from "./Workstations";
import type { WriteAnew } from "./WriteAnew";
import type { WriteForm } from "./WriteForm";
import type { WriteNote } from "./WriteNote";
import type { WriteNoteSet } from "./WriteNoteSet";
import type { WriteSnippet } from "./WriteSnippet";

export type { AddAddendum };
export type { AddFile };
export type { AddUser };
export type { Added };
export type { AgreeTreatments };
export type { Allergy };
export type { AllergyText };
export type { AmendForm };
export type { ApplyList };
export type { AskOutcome };
export type { AssignFromTray };
export type { Attach };
export type { AttachmentText };
export type { AuditTrail };
export type { BackUpNow };
export type { Background };
export type { BackgroundText };
export type { Backups };
export type { Banner };
export type { BannerAlert };
export type { BannerAlertText };
export type { Board };
export type { CalendarView };
export type { CallTicket };
export type { CancelJob };
export type { CertificateFile };
export type { CertificatePages };
export type { CertificatePreview };
export type { CertificateText };
export type { CertificateView };
export type { Certificates };
export type { CertificatesOf };
export type { ChangePassword };
export type { Chart };
export type { CheckForm };
export type { Checked };
export type { Claim };
export type { Claims };
export type { ClinicText };
export type { ClinicView };
export type { CodeGiven };
export type { CodePacks };
export type { CodesFound };
export type { CodesTaken };
export type { ConfirmSheet };
export type { Conflicts };
export type { DeactivateUser };
export type { DeclareNoAllergies };
export type { Details };
export type { Door };
export type { DraftCertificate };
export type { Edit };
export type { EditCalendar };
export type { EditPatient };
export type { EditTargets };
export type { EditUser };
export type { EndCodes };
export type { Enrol };
export type { Enrolled };
export type { Enrolment };
export type { EnrolmentCode };
export type { EnrolmentText };
export type { ExportFiles };
export type { ExportForms };
export type { ExportTrail };
export type { EyeOutcome };
export type { EyeTreatments };
export type { FileAdded };
export type { FileLooked };
export type { FileMoved };
export type { FilePages };
export type { FileState };
export type { FileView };
export type { Files };
export type { FilesExported };
export type { FilledForms };
export type { FilledView };
export type { FindCodes };
export type { FindPatients };
export type { FindingRow };
export type { FormView };
export type { Forms };
export type { Found };
export type { FoundClinic };
export type { Founded };
export type { HeldList };
export type { History };
export type { HistoryOf };
export type { Immunisation };
export type { ImmunisationText };
export type { ImportFhir };
export type { Imported };
export type { InHand };
export type { IssueCertificate };
export type { Issued };
export type { IssuingPublic };
export type { Jobs };
export type { KeepFindings };
export type { KeepScratch };
export type { Kept };
export type { LatestVitals };
export type { ListCertificates };
export type { ListConflicts };
export type { ListFiles };
export type { ListFilled };
export type { ListMeasures };
export type { ListNoteSets };
export type { ListOf };
export type { ListRows };
export type { ListSnippets };
export type { ListStaff };
export type { ListTreatments };
export type { ListUnread };
export type { LogChecked };
export type { LookAtFile };
export type { LookAtList };
export type { Looked };
export type { LookedElsewhere };
export type { Make };
export type { Measures };
export type { Medicine };
export type { MedicineText };
export type { Mouth };
export type { MoveFile };
export type { NoteSetRow };
export type { NoteSets };
export type { NoteView };
export type { Nothing };
export type { OfCertificate };
export type { OfFile };
export type { OfFilled };
export type { OfList };
export type { OfMouth };
export type { OfNote };
export type { OfNoteSet };
export type { OfPatient };
export type { OfRecord };
export type { OfTarget };
export type { OfTooth };
export type { OfVisit };
export type { OpenBySheet };
export type { OpenChart };
export type { OpenForm };
export type { OpenList };
export type { PagesOf };
export type { PagesOfFile };
export type { Permission };
export type { PinCode };
export type { PlanTreatment };
export type { PointsOf };
export type { PreviewCertificate };
export type { PrintCertificate };
export type { PrintDaySheet };
export type { PrintEncounterForm };
export type { PrintFile };
export type { PrintForm };
export type { PrintOutcome };
export type { PrintPaper };
export type { PrintPlan };
export type { Printed };
export type { Printers };
export type { Problem };
export type { ProblemText };
export type { ProcedureText };
export type { Queue };
export type { ReadFile };
export type { Rebuild };
export type { RebuildReport };
export type { Recent };
export type { RecordConsent };
export type { RecordVitals };
export type { RecoveryPapers };
export type { RegisterPatient };
export type { Rejoin };
export type { Rejoined };
export type { ReleaseSignIn };
export type { Reopened };
export type { ResolveConflict };
export type { Restore };
export type { RestoreFrom };
export type { RestoreHere };
export type { RestorePlan };
export type { RestorePoints };
export type { RestoreSources };
export type { Restored };
export type { RestoredHere };
export type { RevokeWorkstation };
export type { RowsOfList };
export type { SaveCertificate };
export type { SaveDaySheet };
export type { SaveFile };
export type { SaveFormPdf };
export type { SaveOutcome };
export type { SavePaper };
export type { SavePlan };
export type { SavedCertificate };
export type { ScratchKept };
export type { Scratches };
export type { Session };
export type { SetAside };
export type { SetSetting };
export type { SetTray };
export type { Settings };
export type { SettleRow };
export type { SettleRows };
export type { SignIn };
export type { SignRehearsal };
export type { Similar };
export type { SimilarPatients };
export type { SiteText };
export type { Snippets };
export type { Staff };
export type { StartVisit };
export type { Status };
export type { StepCertificate };
export type { StepTicket };
export type { StepTreatment };
export type { StepVisit };
export type { StoreChecked };
export type { StoresSetAside };
export type { SyncReport };
export type { TakeInCodes };
export type { Templates };
export type { Timeline };
export type { TimelineOf };
export type { ToothMarkText };
export type { ToothStory };
export type { Trail };
export type { TrailExported };
export type { Tray };
export type { TreatmentRow };
export type { TrustServer };
export type { Uncoded };
export type { UncodedAfter };
export type { Unlock };
export type { UnreadFiles };
export type { Verified };
export type { VerifiedCertificate };
export type { VerifyCertificate };
export type { VisitDetails };
export type { VisitText };
export type { VisitView };
export type { VitalSigns };
export type { VitalsKept };
export type { VoidClaim };
export type { VoidPatient };
export type { Workstations };
export type { WriteAnew };
export type { WriteForm };
export type { WriteNote };
export type { WriteNoteSet };
export type { WriteSnippet };

export interface Commands {
  add_allergy: { input: Make<AllergyText>; output: Kept };
  edit_allergy: { input: Edit<AllergyText>; output: Kept };
  void_allergy: { input: VoidClaim; output: Kept };
  allergy: { input: OfRecord; output: Claim<Allergy> };
  allergies: { input: ListOf; output: Claims<Allergy> };
  add_problem: { input: Make<ProblemText>; output: Kept };
  edit_problem: { input: Edit<ProblemText>; output: Kept };
  void_problem: { input: VoidClaim; output: Kept };
  problem: { input: OfRecord; output: Claim<Problem> };
  problems: { input: ListOf; output: Claims<Problem> };
  add_background: { input: Make<BackgroundText>; output: Kept };
  edit_background: { input: Edit<BackgroundText>; output: Kept };
  void_background: { input: VoidClaim; output: Kept };
  background: { input: OfRecord; output: Claim<Background> };
  backgrounds: { input: ListOf; output: Claims<Background> };
  add_immunisation: { input: Make<ImmunisationText>; output: Kept };
  edit_immunisation: { input: Edit<ImmunisationText>; output: Kept };
  void_immunisation: { input: VoidClaim; output: Kept };
  immunisation: { input: OfRecord; output: Claim<Immunisation> };
  immunisations: { input: ListOf; output: Claims<Immunisation> };
  add_medicine: { input: Make<MedicineText>; output: Kept };
  edit_medicine: { input: Edit<MedicineText>; output: Kept };
  void_medicine: { input: VoidClaim; output: Kept };
  medicine: { input: OfRecord; output: Claim<Medicine> };
  medicines: { input: ListOf; output: Claims<Medicine> };
  add_banner_alert: { input: Make<BannerAlertText>; output: Kept };
  edit_banner_alert: { input: Edit<BannerAlertText>; output: Kept };
  void_banner_alert: { input: VoidClaim; output: Kept };
  banner_alert: { input: OfRecord; output: Claim<BannerAlert> };
  banner_alerts: { input: ListOf; output: Claims<BannerAlert> };
  add_enrolment: { input: Make<EnrolmentText>; output: Kept };
  edit_enrolment: { input: Edit<EnrolmentText>; output: Kept };
  void_enrolment: { input: VoidClaim; output: Kept };
  enrolment: { input: OfRecord; output: Claim<Enrolment> };
  enrolments: { input: ListOf; output: Claims<Enrolment> };
  door: { input: Nothing; output: Door };
  found_clinic: { input: FoundClinic; output: Founded };
  enrol: { input: Enrol; output: Enrolled };
  sign_in: { input: SignIn; output: Session };
  open_by_sheet: { input: OpenBySheet; output: Reopened };
  restore_sources_here: { input: RestoreFrom; output: RestoreSources };
  restore_here: { input: RestoreHere; output: RestoredHere };
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
  clinic_and_sites: { input: Nothing; output: ClinicView };
  edit_clinic: { input: Edit<ClinicText>; output: Kept };
  edit_site: { input: Edit<SiteText>; output: Kept };
  staff: { input: ListStaff; output: Staff };
  add_user: { input: AddUser; output: Added };
  edit_user: { input: EditUser; output: Added };
  deactivate_user: { input: DeactivateUser; output: Added };
  release_sign_in: { input: ReleaseSignIn; output: Nothing };
  find_patients: { input: FindPatients; output: Found };
  recent_patients: { input: Nothing; output: Recent };
  similar_patients: { input: SimilarPatients; output: Similar };
  register_patient: { input: RegisterPatient; output: Kept };
  patient: { input: OfPatient; output: Details };
  edit_patient: { input: EditPatient; output: Kept };
  void_patient: { input: VoidPatient; output: Kept };
  banner: { input: OfPatient; output: Banner };
  chart: { input: OpenChart; output: Chart };
  latest_vitals: { input: OfPatient; output: LatestVitals };
  history: { input: HistoryOf; output: History };
  timeline: { input: TimelineOf; output: Timeline };
  record_consent: { input: RecordConsent; output: Kept };
  declare_no_allergies: { input: DeclareNoAllergies; output: Kept };
  start_visit: { input: StartVisit; output: Kept };
  step_visit: { input: StepVisit; output: Kept };
  edit_visit: { input: Edit<VisitText>; output: Kept };
  visit_details: { input: OfVisit; output: VisitDetails };
  queue: { input: Nothing; output: Queue };
  call: { input: CallTicket; output: Kept };
  step_ticket: { input: StepTicket; output: Kept };
  board: { input: Nothing; output: Board };
  print_day_sheet: { input: PrintDaySheet; output: Printed };
  save_day_sheet: { input: SaveDaySheet; output: SavedCertificate };
  print_encounter_form: { input: PrintEncounterForm; output: Printed };
  visit: { input: OfVisit; output: VisitView };
  save_note: { input: WriteNote; output: Kept };
  sign_note: { input: WriteNote; output: Kept };
  void_note: { input: VoidClaim; output: Kept };
  note_sets: { input: ListNoteSets; output: NoteSets };
  note_set: { input: OfNoteSet; output: NoteSetRow };
  write_note_set: { input: WriteNoteSet; output: Kept };
  publish_note_set: { input: WriteNoteSet; output: Kept };
  void_note_set: { input: VoidClaim; output: Kept };
  snippets: { input: ListSnippets; output: Snippets };
  write_snippet: { input: WriteSnippet; output: Kept };
  void_snippet: { input: VoidClaim; output: Kept };
  add_addendum: { input: AddAddendum; output: Kept };
  void_addendum: { input: VoidClaim; output: Kept };
  note: { input: OfNote; output: NoteView };
  vital_signs: { input: OfPatient; output: VitalSigns };
  record_vitals: { input: RecordVitals; output: VitalsKept };
  void_vital: { input: VoidClaim; output: Kept };
  forms: { input: Nothing; output: Forms };
  form: { input: OpenForm; output: FormView };
  filled_forms: { input: ListFilled; output: FilledForms };
  filled: { input: OfFilled; output: FilledView };
  check_form: { input: CheckForm; output: Checked };
  save_form: { input: WriteForm; output: Kept };
  sign_form: { input: WriteForm; output: Kept };
  print_form: { input: PrintForm; output: Printed };
  save_form_pdf: { input: SaveFormPdf; output: SavedCertificate };
  export_forms: { input: ExportForms; output: SavedCertificate };
  amend_form: { input: AmendForm; output: Kept };
  void_form: { input: VoidClaim; output: Kept };
  measures: { input: ListMeasures; output: Measures };
  outcome: { input: AskOutcome; output: EyeOutcome };
  eye_treatments: { input: ListTreatments; output: EyeTreatments };
  print_outcome: { input: PrintOutcome; output: Printed };
  save_outcome: { input: SaveOutcome; output: SavedCertificate };
  mouth: { input: OfMouth; output: Mouth };
  tooth: { input: OfTooth; output: ToothStory };
  whole_mark: { input: OfRecord; output: FindingRow };
  whole_treatment: { input: OfRecord; output: TreatmentRow };
  keep_findings: { input: KeepFindings; output: Kept };
  edit_mark: { input: Edit<ToothMarkText>; output: Kept };
  void_mark: { input: VoidClaim; output: Kept };
  void_exam: { input: VoidClaim; output: Kept };
  plan_treatment: { input: PlanTreatment; output: Kept };
  edit_treatment: { input: Edit<ProcedureText>; output: Kept };
  agree_treatments: { input: AgreeTreatments; output: Kept };
  step_treatment: { input: StepTreatment; output: Kept };
  void_treatment: { input: VoidClaim; output: Kept };
  print_plan: { input: PrintPlan; output: Printed };
  save_plan: { input: SavePlan; output: SavedCertificate };
  find_codes: { input: FindCodes; output: CodesFound };
  pin_code: { input: PinCode; output: Nothing };
  code_packs: { input: Nothing; output: CodePacks };
  take_in_codes: { input: TakeInCodes; output: CodesTaken };
  end_codes: { input: EndCodes; output: Kept };
  uncoded: { input: UncodedAfter; output: Uncoded };
  templates: { input: Nothing; output: Templates };
  draft_certificate: { input: DraftCertificate; output: Kept };
  edit_certificate: { input: Edit<CertificateText>; output: Kept };
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
  export_spectacles: { input: SaveCertificate; output: SavedCertificate };
  printers: { input: Nothing; output: Printers };
  print_certificate: { input: PrintCertificate; output: Printed };
  issuing_key: { input: Nothing; output: IssuingPublic };
  certificates: { input: ListCertificates; output: Certificates };
  certificates_of: { input: OfPatient; output: CertificatesOf };
  verify_certificate: { input: VerifyCertificate; output: VerifiedCertificate };
  files: { input: ListFiles; output: Files };
  file: { input: OfFile; output: FileView };
  file_pages: { input: PagesOfFile; output: FilePages };
  look_at_file: { input: LookAtFile; output: FileLooked };
  add_file: { input: AddFile; output: FileAdded };
  edit_file: { input: Edit<AttachmentText>; output: Kept };
  unread_files: { input: ListUnread; output: UnreadFiles };
  read_file: { input: ReadFile; output: Kept };
  void_file: { input: VoidClaim; output: Kept };
  move_file: { input: MoveFile; output: FileMoved };
  save_file: { input: SaveFile; output: SavedCertificate };
  print_file: { input: PrintFile; output: Printed };
  export_files: { input: ExportFiles; output: FilesExported };
  fetch_file: { input: OfFile; output: FileState };
  tray: { input: Nothing; output: Tray };
  set_tray: { input: SetTray; output: Nothing };
  assign_from_tray: { input: AssignFromTray; output: FileAdded };
  import_fhir: { input: ImportFhir; output: Imported };
  open_list: { input: OpenList; output: HeldList };
  list_in_hand: { input: Nothing; output: InHand };
  look_at_list: { input: LookAtList; output: HeldList };
  list_rows: { input: ListRows; output: RowsOfList };
  settle_row: { input: SettleRow; output: HeldList };
  settle_rows: { input: SettleRows; output: HeldList };
  apply_list: { input: ApplyList; output: HeldList };
  forget_list: { input: OfList; output: Nothing };
  keep_scratch: { input: KeepScratch; output: ScratchKept };
  scratches: { input: Nothing; output: Scratches };
  conflicts: { input: ListConflicts; output: Conflicts };
  resolve_conflict: { input: ResolveConflict; output: Kept };
  withdraw_disputed: { input: VoidClaim; output: Kept };
  who_looked: { input: OfPatient; output: Looked };
  ask_who_looked: { input: OfPatient; output: Nothing };
  looked_elsewhere: { input: OfPatient; output: LookedElsewhere };
  audit_trail: { input: AuditTrail; output: Trail };
  export_trail: { input: ExportTrail; output: TrailExported };
  verify_audit: { input: Nothing; output: Verified };
  attach: { input: Attach; output: Nothing };
  trust_server: { input: TrustServer; output: Nothing };
  restore_sources: { input: RestoreFrom; output: RestoreSources };
  stores_set_aside: { input: Nothing; output: StoresSetAside };
  plan_restore: { input: Restore; output: RestorePlan };
  restore: { input: Restore; output: Restored };
  rejoin: { input: Rejoin; output: Rejoined };
  introduce_again: { input: Nothing; output: Nothing };
  enrolment_code: { input: EnrolmentCode; output: CodeGiven };
  send_now: { input: Nothing; output: Nothing };
  sync_report: { input: Nothing; output: SyncReport };
  set_aside: { input: SetAside; output: Nothing };
  write_anew: { input: WriteAnew; output: Kept };
  workstations: { input: Nothing; output: Workstations };
  revoke_workstation: { input: RevokeWorkstation; output: Kept };
  status: { input: Nothing; output: Status };
  acknowledge_clock: { input: Nothing; output: Nothing };
  acknowledge_findings: { input: Nothing; output: Nothing };
  check_log: { input: Nothing; output: LogChecked };
  check_store: { input: Nothing; output: StoreChecked };
  rebuild: { input: Rebuild; output: RebuildReport };
  backups: { input: Nothing; output: Backups };
  restore_points: { input: PointsOf; output: RestorePoints };
  back_up_now: { input: BackUpNow; output: Nothing };
  edit_targets: { input: EditTargets; output: Backups };
  check_backup: { input: OfTarget; output: Nothing };
  test_restore: { input: OfTarget; output: Nothing };
  sign_rehearsal: { input: SignRehearsal; output: Kept };
  jobs: { input: Nothing; output: Jobs };
  cancel_job: { input: CancelJob; output: Nothing };
  settings: { input: Nothing; output: Settings };
  set_setting: { input: SetSetting; output: Kept };
}

/** What an answer rests on and a command makes stale: a kind of record, or what is no record. */
export type Tag = "clinic" | "site" | "workstation" | "server" | "calendar" | "code_pack" | "user" | "patient" | "template" | "snippet" | "note_set" | "number_block" | "issuer" | "ticket" | "call" | "import_run" | "setting" | "rehearsal" | "visit" | "note" | "addendum" | "observation" | "event" | "problem" | "background" | "allergy" | "immunisation" | "medicine" | "banner_alert" | "consent" | "enrolment" | "tooth_exam" | "tooth_mark" | "procedure" | "filled" | "certificate" | "attachment" | "session" | "scratch" | "audit" | "status" | "list" | "backups" | "jobs" | "files";

export const commandTags: { [K in keyof Commands]: { reads: Tag[]; stales: Tag[] } } = {
  add_allergy: { reads: [], stales: ["allergy", "patient"] },
  edit_allergy: { reads: [], stales: ["allergy"] },
  void_allergy: { reads: [], stales: ["allergy"] },
  allergy: { reads: ["allergy", "patient"], stales: [] },
  allergies: { reads: ["allergy", "patient"], stales: [] },
  add_problem: { reads: [], stales: ["problem"] },
  edit_problem: { reads: [], stales: ["problem"] },
  void_problem: { reads: [], stales: ["problem"] },
  problem: { reads: ["problem", "patient"], stales: [] },
  problems: { reads: ["problem", "patient"], stales: [] },
  add_background: { reads: [], stales: ["background"] },
  edit_background: { reads: [], stales: ["background"] },
  void_background: { reads: [], stales: ["background"] },
  background: { reads: ["background", "patient"], stales: [] },
  backgrounds: { reads: ["background", "patient"], stales: [] },
  add_immunisation: { reads: [], stales: ["immunisation"] },
  edit_immunisation: { reads: [], stales: ["immunisation"] },
  void_immunisation: { reads: [], stales: ["immunisation"] },
  immunisation: { reads: ["immunisation", "patient"], stales: [] },
  immunisations: { reads: ["immunisation", "patient"], stales: [] },
  add_medicine: { reads: [], stales: ["medicine"] },
  edit_medicine: { reads: [], stales: ["medicine"] },
  void_medicine: { reads: [], stales: ["medicine"] },
  medicine: { reads: ["medicine", "patient"], stales: [] },
  medicines: { reads: ["medicine", "patient"], stales: [] },
  add_banner_alert: { reads: [], stales: ["banner_alert"] },
  edit_banner_alert: { reads: [], stales: ["banner_alert"] },
  void_banner_alert: { reads: [], stales: ["banner_alert"] },
  banner_alert: { reads: ["banner_alert", "patient"], stales: [] },
  banner_alerts: { reads: ["banner_alert", "patient"], stales: [] },
  add_enrolment: { reads: [], stales: ["enrolment"] },
  edit_enrolment: { reads: [], stales: ["enrolment"] },
  void_enrolment: { reads: [], stales: ["enrolment"] },
  enrolment: { reads: ["enrolment", "patient"], stales: [] },
  enrolments: { reads: ["enrolment", "patient"], stales: [] },
  door: { reads: ["session", "user", "clinic", "site"], stales: [] },
  found_clinic: { reads: [], stales: ["session", "clinic", "site", "workstation", "user", "template", "number_block"] },
  enrol: { reads: [], stales: ["clinic", "site", "workstation", "server", "calendar", "code_pack", "user", "patient", "template", "snippet", "note_set", "number_block", "issuer", "ticket", "call", "import_run", "setting", "rehearsal", "visit", "note", "addendum", "observation", "event", "problem", "background", "allergy", "immunisation", "medicine", "banner_alert", "consent", "enrolment", "tooth_exam", "tooth_mark", "procedure", "filled", "certificate", "attachment", "session"] },
  sign_in: { reads: [], stales: ["session"] },
  open_by_sheet: { reads: [], stales: ["session"] },
  restore_sources_here: { reads: [], stales: [] },
  restore_here: { reads: [], stales: ["clinic", "site", "workstation", "server", "calendar", "code_pack", "user", "patient", "template", "snippet", "note_set", "number_block", "issuer", "ticket", "call", "import_run", "setting", "rehearsal", "visit", "note", "addendum", "observation", "event", "problem", "background", "allergy", "immunisation", "medicine", "banner_alert", "consent", "enrolment", "tooth_exam", "tooth_mark", "procedure", "filled", "certificate", "attachment", "session"] },
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
  clinic_and_sites: { reads: ["clinic", "site"], stales: [] },
  edit_clinic: { reads: [], stales: ["clinic"] },
  edit_site: { reads: [], stales: ["site"] },
  staff: { reads: ["user", "session"], stales: [] },
  add_user: { reads: [], stales: ["user"] },
  edit_user: { reads: [], stales: ["user"] },
  deactivate_user: { reads: [], stales: ["user"] },
  release_sign_in: { reads: [], stales: ["session"] },
  find_patients: { reads: ["patient"], stales: [] },
  recent_patients: { reads: ["patient"], stales: [] },
  similar_patients: { reads: ["patient"], stales: [] },
  register_patient: { reads: [], stales: ["patient", "consent"] },
  patient: { reads: ["patient"], stales: [] },
  edit_patient: { reads: [], stales: ["patient"] },
  void_patient: { reads: [], stales: ["patient"] },
  banner: { reads: ["visit", "note", "addendum", "observation", "event", "problem", "background", "allergy", "immunisation", "medicine", "banner_alert", "consent", "enrolment", "tooth_exam", "tooth_mark", "procedure", "filled", "certificate", "attachment", "patient", "user", "status"], stales: [] },
  chart: { reads: ["visit", "note", "addendum", "observation", "event", "problem", "background", "allergy", "immunisation", "medicine", "banner_alert", "consent", "enrolment", "tooth_exam", "tooth_mark", "procedure", "filled", "certificate", "attachment", "patient", "user"], stales: [] },
  latest_vitals: { reads: ["patient", "observation", "user"], stales: [] },
  history: { reads: ["clinic", "site", "workstation", "server", "calendar", "code_pack", "user", "patient", "template", "snippet", "note_set", "number_block", "issuer", "ticket", "call", "import_run", "setting", "rehearsal", "visit", "note", "addendum", "observation", "event", "problem", "background", "allergy", "immunisation", "medicine", "banner_alert", "consent", "enrolment", "tooth_exam", "tooth_mark", "procedure", "filled", "certificate", "attachment"], stales: [] },
  timeline: { reads: ["visit", "note", "addendum", "observation", "event", "problem", "background", "allergy", "immunisation", "medicine", "banner_alert", "consent", "enrolment", "tooth_exam", "tooth_mark", "procedure", "filled", "certificate", "attachment", "patient", "user", "files", "template"], stales: [] },
  record_consent: { reads: [], stales: ["consent"] },
  declare_no_allergies: { reads: [], stales: ["patient"] },
  start_visit: { reads: [], stales: ["visit", "ticket"] },
  step_visit: { reads: [], stales: ["visit", "ticket"] },
  edit_visit: { reads: [], stales: ["visit"] },
  visit_details: { reads: ["visit", "patient"], stales: [] },
  queue: { reads: ["visit", "ticket", "call", "patient", "user", "workstation"], stales: [] },
  call: { reads: [], stales: ["ticket", "call"] },
  step_ticket: { reads: [], stales: ["ticket", "visit"] },
  board: { reads: ["ticket", "call", "status"], stales: [] },
  print_day_sheet: { reads: ["visit", "patient", "user"], stales: [] },
  save_day_sheet: { reads: ["visit", "patient", "user"], stales: [] },
  print_encounter_form: { reads: [], stales: [] },
  visit: { reads: ["visit", "patient", "note", "addendum", "observation", "certificate", "template", "user"], stales: [] },
  save_note: { reads: [], stales: ["note", "visit", "ticket", "scratch"] },
  sign_note: { reads: [], stales: ["note", "visit", "ticket", "scratch"] },
  void_note: { reads: [], stales: ["note"] },
  note_sets: { reads: ["note_set", "user"], stales: [] },
  note_set: { reads: ["note_set", "user"], stales: [] },
  write_note_set: { reads: [], stales: ["note_set"] },
  publish_note_set: { reads: [], stales: ["note_set"] },
  void_note_set: { reads: [], stales: ["note_set"] },
  snippets: { reads: ["snippet"], stales: [] },
  write_snippet: { reads: [], stales: ["snippet"] },
  void_snippet: { reads: [], stales: ["snippet"] },
  add_addendum: { reads: [], stales: ["addendum"] },
  void_addendum: { reads: [], stales: ["addendum"] },
  note: { reads: ["note", "addendum", "visit", "user"], stales: [] },
  vital_signs: { reads: ["patient", "observation", "user"], stales: [] },
  record_vitals: { reads: [], stales: ["observation"] },
  void_vital: { reads: [], stales: ["observation"] },
  forms: { reads: ["user"], stales: [] },
  form: { reads: ["filled", "addendum", "observation", "user"], stales: [] },
  filled_forms: { reads: ["filled", "addendum", "user"], stales: [] },
  filled: { reads: ["filled", "addendum", "observation", "user"], stales: [] },
  check_form: { reads: ["filled", "addendum", "observation"], stales: [] },
  save_form: { reads: [], stales: ["filled", "scratch"] },
  sign_form: { reads: [], stales: ["filled", "scratch"] },
  print_form: { reads: ["filled", "addendum", "observation", "patient", "user"], stales: [] },
  save_form_pdf: { reads: ["filled", "addendum", "observation", "patient", "user"], stales: [] },
  export_forms: { reads: ["filled", "addendum", "observation", "user"], stales: [] },
  amend_form: { reads: [], stales: ["addendum"] },
  void_form: { reads: [], stales: ["filled"] },
  measures: { reads: ["filled", "addendum", "observation"], stales: [] },
  outcome: { reads: ["filled", "addendum", "observation", "medicine", "background", "event"], stales: [] },
  eye_treatments: { reads: ["medicine", "background", "event"], stales: [] },
  print_outcome: { reads: ["patient", "filled", "addendum", "observation", "medicine", "background", "event", "user"], stales: [] },
  save_outcome: { reads: ["patient", "filled", "addendum", "observation", "medicine", "background", "event", "user"], stales: [] },
  mouth: { reads: ["patient", "tooth_exam", "tooth_mark", "procedure", "user"], stales: [] },
  tooth: { reads: ["patient", "tooth_exam", "tooth_mark", "procedure", "user"], stales: [] },
  whole_mark: { reads: ["tooth_mark"], stales: [] },
  whole_treatment: { reads: ["patient", "procedure"], stales: [] },
  keep_findings: { reads: [], stales: ["tooth_exam", "tooth_mark", "procedure"] },
  edit_mark: { reads: [], stales: ["tooth_mark"] },
  void_mark: { reads: [], stales: ["tooth_mark"] },
  void_exam: { reads: [], stales: ["tooth_exam", "tooth_mark"] },
  plan_treatment: { reads: [], stales: ["procedure"] },
  edit_treatment: { reads: [], stales: ["procedure"] },
  agree_treatments: { reads: [], stales: ["procedure"] },
  step_treatment: { reads: [], stales: ["procedure", "tooth_mark"] },
  void_treatment: { reads: [], stales: ["procedure", "tooth_mark"] },
  print_plan: { reads: ["patient", "tooth_exam", "tooth_mark", "procedure", "user"], stales: [] },
  save_plan: { reads: ["patient", "tooth_exam", "tooth_mark", "procedure", "user"], stales: [] },
  find_codes: { reads: ["code_pack", "note"], stales: [] },
  pin_code: { reads: [], stales: [] },
  code_packs: { reads: ["code_pack", "user"], stales: [] },
  take_in_codes: { reads: [], stales: ["code_pack"] },
  end_codes: { reads: [], stales: ["code_pack"] },
  uncoded: { reads: ["code_pack", "note", "problem"], stales: [] },
  templates: { reads: ["template", "user"], stales: [] },
  draft_certificate: { reads: [], stales: ["certificate", "visit"] },
  edit_certificate: { reads: [], stales: ["certificate"] },
  submit_certificate: { reads: [], stales: ["certificate"] },
  take_back_certificate: { reads: [], stales: ["certificate"] },
  return_certificate: { reads: [], stales: ["certificate"] },
  reject_certificate: { reads: [], stales: ["certificate"] },
  issue_certificate: { reads: [], stales: ["certificate", "number_block"] },
  revoke_certificate: { reads: [], stales: ["certificate"] },
  certificate: { reads: ["certificate", "patient", "template", "user", "visit", "note", "audit", "calendar", "workstation", "site", "status", "filled", "addendum"], stales: [] },
  certificate_pages: { reads: ["certificate", "clinic", "patient", "site", "template", "user", "calendar", "filled", "addendum"], stales: [] },
  preview_certificate: { reads: ["clinic", "patient", "site", "template", "user", "calendar", "workstation", "filled", "addendum"], stales: [] },
  certificate_file: { reads: ["certificate", "clinic", "patient", "site", "template", "user", "calendar", "filled", "addendum"], stales: [] },
  save_certificate: { reads: ["certificate", "clinic", "patient", "site", "template", "user", "calendar"], stales: [] },
  export_spectacles: { reads: ["certificate", "user"], stales: [] },
  printers: { reads: [], stales: [] },
  print_certificate: { reads: [], stales: ["audit"] },
  issuing_key: { reads: [], stales: [] },
  certificates: { reads: ["certificate", "patient", "user", "template"], stales: [] },
  certificates_of: { reads: ["certificate", "patient", "user", "template"], stales: [] },
  verify_certificate: { reads: ["certificate", "number_block", "patient", "user", "template", "workstation", "issuer", "clinic"], stales: [] },
  files: { reads: ["attachment", "patient", "user", "workstation", "files"], stales: [] },
  file: { reads: ["attachment", "user", "workstation", "files"], stales: [] },
  file_pages: { reads: ["attachment", "files"], stales: [] },
  look_at_file: { reads: ["attachment", "patient"], stales: [] },
  add_file: { reads: [], stales: ["attachment", "files"] },
  edit_file: { reads: [], stales: ["attachment"] },
  unread_files: { reads: ["attachment", "patient", "user"], stales: [] },
  read_file: { reads: [], stales: ["attachment"] },
  void_file: { reads: [], stales: ["attachment"] },
  move_file: { reads: [], stales: ["attachment"] },
  save_file: { reads: ["attachment"], stales: [] },
  print_file: { reads: ["attachment", "patient", "user"], stales: ["audit"] },
  export_files: { reads: ["attachment", "patient", "visit", "user"], stales: [] },
  fetch_file: { reads: [], stales: ["files"] },
  tray: { reads: ["files"], stales: [] },
  set_tray: { reads: [], stales: ["files"] },
  assign_from_tray: { reads: [], stales: ["attachment", "files"] },
  import_fhir: { reads: [], stales: ["visit", "note", "addendum", "observation", "event", "problem", "background", "allergy", "immunisation", "medicine", "banner_alert", "consent", "enrolment", "tooth_exam", "tooth_mark", "procedure", "filled", "certificate", "attachment", "patient", "files"] },
  open_list: { reads: [], stales: ["import_run", "list"] },
  list_in_hand: { reads: ["list"], stales: [] },
  look_at_list: { reads: [], stales: ["import_run", "list"] },
  list_rows: { reads: ["list", "patient"], stales: [] },
  settle_row: { reads: [], stales: ["list"] },
  settle_rows: { reads: [], stales: ["list"] },
  apply_list: { reads: [], stales: ["patient", "enrolment", "import_run", "list"] },
  forget_list: { reads: [], stales: ["import_run", "list"] },
  keep_scratch: { reads: [], stales: ["scratch"] },
  scratches: { reads: ["scratch"], stales: [] },
  conflicts: { reads: ["clinic", "site", "workstation", "server", "calendar", "code_pack", "user", "patient", "template", "snippet", "note_set", "number_block", "issuer", "ticket", "call", "import_run", "setting", "rehearsal", "visit", "note", "addendum", "observation", "event", "problem", "background", "allergy", "immunisation", "medicine", "banner_alert", "consent", "enrolment", "tooth_exam", "tooth_mark", "procedure", "filled", "certificate", "attachment"], stales: [] },
  resolve_conflict: { reads: [], stales: ["clinic", "site", "workstation", "server", "calendar", "code_pack", "user", "patient", "template", "snippet", "note_set", "number_block", "issuer", "ticket", "call", "import_run", "setting", "rehearsal", "visit", "note", "addendum", "observation", "event", "problem", "background", "allergy", "immunisation", "medicine", "banner_alert", "consent", "enrolment", "tooth_exam", "tooth_mark", "procedure", "filled", "certificate", "attachment"] },
  withdraw_disputed: { reads: [], stales: ["visit", "note", "addendum", "observation", "event", "problem", "background", "allergy", "immunisation", "medicine", "banner_alert", "consent", "enrolment", "tooth_exam", "tooth_mark", "procedure", "filled", "certificate", "attachment"] },
  who_looked: { reads: ["audit", "user"], stales: [] },
  ask_who_looked: { reads: [], stales: ["status"] },
  looked_elsewhere: { reads: ["status", "user", "workstation"], stales: [] },
  audit_trail: { reads: ["audit", "user", "patient"], stales: [] },
  export_trail: { reads: ["audit", "user", "patient"], stales: ["audit"] },
  verify_audit: { reads: ["audit"], stales: [] },
  attach: { reads: [], stales: ["server", "status"] },
  trust_server: { reads: [], stales: ["server", "status"] },
  restore_sources: { reads: [], stales: [] },
  stores_set_aside: { reads: [], stales: [] },
  plan_restore: { reads: ["clinic", "site", "workstation", "server", "calendar", "code_pack", "user", "patient", "template", "snippet", "note_set", "number_block", "issuer", "ticket", "call", "import_run", "setting", "rehearsal", "visit", "note", "addendum", "observation", "event", "problem", "background", "allergy", "immunisation", "medicine", "banner_alert", "consent", "enrolment", "tooth_exam", "tooth_mark", "procedure", "filled", "certificate", "attachment"], stales: [] },
  restore: { reads: [], stales: ["clinic", "site", "workstation", "server", "calendar", "code_pack", "user", "patient", "template", "snippet", "note_set", "number_block", "issuer", "ticket", "call", "import_run", "setting", "rehearsal", "visit", "note", "addendum", "observation", "event", "problem", "background", "allergy", "immunisation", "medicine", "banner_alert", "consent", "enrolment", "tooth_exam", "tooth_mark", "procedure", "filled", "certificate", "attachment", "session", "status", "backups"] },
  rejoin: { reads: [], stales: ["clinic", "site", "workstation", "server", "calendar", "code_pack", "user", "patient", "template", "snippet", "note_set", "number_block", "issuer", "ticket", "call", "import_run", "setting", "rehearsal", "visit", "note", "addendum", "observation", "event", "problem", "background", "allergy", "immunisation", "medicine", "banner_alert", "consent", "enrolment", "tooth_exam", "tooth_mark", "procedure", "filled", "certificate", "attachment", "session", "status"] },
  introduce_again: { reads: [], stales: ["status"] },
  enrolment_code: { reads: [], stales: ["workstation"] },
  send_now: { reads: [], stales: ["status"] },
  sync_report: { reads: ["clinic", "site", "workstation", "server", "calendar", "code_pack", "user", "patient", "template", "snippet", "note_set", "number_block", "issuer", "ticket", "call", "import_run", "setting", "rehearsal", "visit", "note", "addendum", "observation", "event", "problem", "background", "allergy", "immunisation", "medicine", "banner_alert", "consent", "enrolment", "tooth_exam", "tooth_mark", "procedure", "filled", "certificate", "attachment", "status"], stales: [] },
  set_aside: { reads: [], stales: ["status"] },
  write_anew: { reads: [], stales: ["clinic", "site", "workstation", "server", "calendar", "code_pack", "user", "patient", "template", "snippet", "note_set", "number_block", "issuer", "ticket", "call", "import_run", "setting", "rehearsal", "visit", "note", "addendum", "observation", "event", "problem", "background", "allergy", "immunisation", "medicine", "banner_alert", "consent", "enrolment", "tooth_exam", "tooth_mark", "procedure", "filled", "certificate", "attachment", "status"] },
  workstations: { reads: ["workstation", "site", "status"], stales: [] },
  revoke_workstation: { reads: [], stales: ["workstation"] },
  status: { reads: ["clinic", "site", "workstation", "server", "calendar", "code_pack", "user", "patient", "template", "snippet", "note_set", "number_block", "issuer", "ticket", "call", "import_run", "setting", "rehearsal", "visit", "note", "addendum", "observation", "event", "problem", "background", "allergy", "immunisation", "medicine", "banner_alert", "consent", "enrolment", "tooth_exam", "tooth_mark", "procedure", "filled", "certificate", "attachment", "status"], stales: [] },
  acknowledge_clock: { reads: [], stales: ["status"] },
  acknowledge_findings: { reads: [], stales: ["status"] },
  check_log: { reads: ["clinic", "site", "workstation", "server", "calendar", "code_pack", "user", "patient", "template", "snippet", "note_set", "number_block", "issuer", "ticket", "call", "import_run", "setting", "rehearsal", "visit", "note", "addendum", "observation", "event", "problem", "background", "allergy", "immunisation", "medicine", "banner_alert", "consent", "enrolment", "tooth_exam", "tooth_mark", "procedure", "filled", "certificate", "attachment"], stales: [] },
  check_store: { reads: [], stales: ["files"] },
  rebuild: { reads: [], stales: ["clinic", "site", "workstation", "server", "calendar", "code_pack", "user", "patient", "template", "snippet", "note_set", "number_block", "issuer", "ticket", "call", "import_run", "setting", "rehearsal", "visit", "note", "addendum", "observation", "event", "problem", "background", "allergy", "immunisation", "medicine", "banner_alert", "consent", "enrolment", "tooth_exam", "tooth_mark", "procedure", "filled", "certificate", "attachment", "status"] },
  backups: { reads: ["clinic", "site", "workstation", "server", "calendar", "code_pack", "user", "patient", "template", "snippet", "note_set", "number_block", "issuer", "ticket", "call", "import_run", "setting", "rehearsal", "visit", "note", "addendum", "observation", "event", "problem", "background", "allergy", "immunisation", "medicine", "banner_alert", "consent", "enrolment", "tooth_exam", "tooth_mark", "procedure", "filled", "certificate", "attachment", "backups", "jobs"], stales: [] },
  restore_points: { reads: ["workstation", "backups"], stales: [] },
  back_up_now: { reads: [], stales: ["jobs"] },
  edit_targets: { reads: [], stales: ["backups", "jobs"] },
  check_backup: { reads: [], stales: ["jobs"] },
  test_restore: { reads: [], stales: ["jobs"] },
  sign_rehearsal: { reads: [], stales: ["rehearsal", "backups"] },
  jobs: { reads: ["jobs"], stales: [] },
  cancel_job: { reads: [], stales: ["jobs"] },
  settings: { reads: ["setting"], stales: [] },
  set_setting: { reads: [], stales: ["setting"] },
};

/** What a command asks for: the permission, or null for what is there before sign-in. */
export const commandNeeds = {
  add_allergy: "allergy.edit",
  edit_allergy: "allergy.edit",
  void_allergy: "allergy.edit",
  allergy: "chart.read",
  allergies: "chart.read",
  add_problem: "problem.edit",
  edit_problem: "problem.edit",
  void_problem: "problem.edit",
  problem: "chart.read",
  problems: "chart.read",
  add_background: "problem.edit",
  edit_background: "problem.edit",
  void_background: "problem.edit",
  background: "chart.read",
  backgrounds: "chart.read",
  add_immunisation: "immunisation.edit",
  edit_immunisation: "immunisation.edit",
  void_immunisation: "immunisation.edit",
  immunisation: "chart.read",
  immunisations: "chart.read",
  add_medicine: "medicine.edit",
  edit_medicine: "medicine.edit",
  void_medicine: "medicine.edit",
  medicine: "chart.read",
  medicines: "chart.read",
  add_banner_alert: "problem.edit",
  edit_banner_alert: "problem.edit",
  void_banner_alert: "problem.edit",
  banner_alert: "chart.read",
  banner_alerts: "chart.read",
  add_enrolment: "patient.edit",
  edit_enrolment: "patient.edit",
  void_enrolment: "patient.edit",
  enrolment: "chart.read",
  enrolments: "chart.read",
  door: null,
  found_clinic: null,
  enrol: null,
  sign_in: null,
  open_by_sheet: null,
  restore_sources_here: null,
  restore_here: null,
  unlock: null,
  lock: null,
  sign_out: null,
  session: "session.use",
  confirm_sheet: "session.use",
  recovery_papers: "clinic.edit",
  new_sheet: "clinic.edit",
  print_paper: "clinic.edit",
  save_paper: "clinic.edit",
  change_password: "session.use",
  calendar: "user.read",
  edit_calendar: "clinic.edit",
  clinic_and_sites: "user.read",
  edit_clinic: "clinic.edit",
  edit_site: "clinic.edit",
  staff: "user.read",
  add_user: "user.edit",
  edit_user: "user.edit",
  deactivate_user: "user.edit",
  release_sign_in: "user.edit",
  find_patients: "patient.read",
  recent_patients: "patient.read",
  similar_patients: "patient.read",
  register_patient: "patient.register",
  patient: "patient.read",
  edit_patient: "patient.edit",
  void_patient: "patient.void",
  banner: "patient.read",
  chart: "chart.read",
  latest_vitals: "chart.read",
  history: "chart.read",
  timeline: "chart.read",
  record_consent: "consent.take",
  declare_no_allergies: "allergy.edit",
  start_visit: "visit.edit",
  step_visit: "visit.edit",
  edit_visit: "visit.edit",
  visit_details: "visit.edit",
  queue: "patient.read",
  call: "queue.run",
  step_ticket: "queue.run",
  board: "queue.run",
  print_day_sheet: "visit.edit",
  save_day_sheet: "visit.edit",
  print_encounter_form: "visit.edit",
  visit: "chart.read",
  save_note: "note.write",
  sign_note: "note.sign",
  void_note: "note.write",
  note_sets: "session.use",
  note_set: "session.use",
  write_note_set: "template.edit",
  publish_note_set: "template.publish",
  void_note_set: "template.edit",
  snippets: "note.write",
  write_snippet: "note.write",
  void_snippet: "note.write",
  add_addendum: "note.sign",
  void_addendum: "note.sign",
  note: "chart.read",
  vital_signs: "chart.read",
  record_vitals: "observation.record",
  void_vital: "observation.record",
  forms: "session.use",
  form: "chart.read",
  filled_forms: "chart.read",
  filled: "chart.read",
  check_form: "form.fill",
  save_form: "form.fill",
  sign_form: "form.sign",
  print_form: "chart.read",
  save_form_pdf: "file.export",
  export_forms: "file.export",
  amend_form: "form.sign",
  void_form: "form.fill",
  measures: "chart.read",
  outcome: "chart.read",
  eye_treatments: "chart.read",
  print_outcome: "chart.read",
  save_outcome: "file.export",
  mouth: "chart.read",
  tooth: "chart.read",
  whole_mark: "chart.read",
  whole_treatment: "chart.read",
  keep_findings: "dental.chart",
  edit_mark: "dental.chart",
  void_mark: "dental.chart",
  void_exam: "dental.chart",
  plan_treatment: "dental.plan",
  edit_treatment: "dental.plan",
  agree_treatments: "consent.take",
  step_treatment: "dental.plan",
  void_treatment: "dental.plan",
  print_plan: "dental.chart",
  save_plan: "dental.chart",
  find_codes: "note.write",
  pin_code: "note.write",
  code_packs: "code.edit",
  take_in_codes: "code.edit",
  end_codes: "code.edit",
  uncoded: "code.edit",
  templates: "certificate.draft",
  draft_certificate: "certificate.draft",
  edit_certificate: "certificate.draft",
  submit_certificate: "certificate.draft",
  take_back_certificate: "certificate.draft",
  return_certificate: "certificate.approve",
  reject_certificate: "certificate.approve",
  issue_certificate: "certificate.approve",
  revoke_certificate: "certificate.revoke",
  certificate: "certificate.print",
  certificate_pages: "certificate.print",
  preview_certificate: "certificate.draft",
  certificate_file: "certificate.print",
  save_certificate: "certificate.print",
  export_spectacles: "file.export",
  printers: "certificate.print",
  print_certificate: "certificate.print",
  issuing_key: "user.read",
  certificates: "certificate.print",
  certificates_of: "certificate.print",
  verify_certificate: "certificate.print",
  files: "chart.read",
  file: "chart.read",
  file_pages: "chart.read",
  look_at_file: "file.add",
  add_file: "file.add",
  edit_file: "file.edit",
  unread_files: "note.sign",
  read_file: "note.sign",
  void_file: "file.void",
  move_file: "file.void",
  save_file: "file.export",
  print_file: "file.export",
  export_files: "file.export",
  fetch_file: "chart.read",
  tray: "file.add",
  set_tray: "file.add",
  assign_from_tray: "file.add",
  import_fhir: "import.run",
  open_list: "import.run",
  list_in_hand: "import.run",
  look_at_list: "import.run",
  list_rows: "import.run",
  settle_row: "import.run",
  settle_rows: "import.run",
  apply_list: "import.run",
  forget_list: "import.run",
  keep_scratch: "session.use",
  scratches: "session.use",
  conflicts: "conflict.resolve",
  resolve_conflict: "conflict.resolve",
  withdraw_disputed: "conflict.resolve",
  who_looked: "access.read",
  ask_who_looked: "access.read",
  looked_elsewhere: "access.read",
  audit_trail: "audit.read",
  export_trail: "audit.read",
  verify_audit: "audit.read",
  attach: "workstation.edit",
  trust_server: "workstation.edit",
  restore_sources: "backup.restore",
  stores_set_aside: "backup.restore",
  plan_restore: "backup.restore",
  restore: "backup.restore",
  rejoin: "workstation.edit",
  introduce_again: "workstation.edit",
  enrolment_code: "workstation.edit",
  send_now: "sync.run",
  sync_report: "store.check",
  set_aside: "sync.run",
  write_anew: "sync.run",
  workstations: "user.read",
  revoke_workstation: "workstation.edit",
  status: "store.check",
  acknowledge_clock: "workstation.edit",
  acknowledge_findings: "workstation.edit",
  check_log: "store.check",
  check_store: "store.check",
  rebuild: "store.check",
  backups: "backup.run",
  restore_points: "backup.run",
  back_up_now: "backup.run",
  edit_targets: "backup.edit",
  check_backup: "backup.edit",
  test_restore: "backup.edit",
  sign_rehearsal: "rehearsal.sign",
  jobs: "backup.run",
  cancel_job: "backup.edit",
  settings: "store.check",
  set_setting: "setting.edit",
} as const satisfies Record<keyof Commands, Permission | null>;

/** The kinds that are said of a person: each is added, changed and withdrawn by commands of its own. */
export const claimKinds = ["problem", "background", "allergy", "immunisation", "medicine", "banner_alert", "enrolment"] as const;

export const refusalCodes = ["unknown_command", "wrong_input", "missing", "invalid", "implausible", "not_signed_in", "screen_locked", "no_clinic", "clinic_exists", "not_recognised", "wait", "slot_disabled", "not_switched_off", "weak_password", "password_not_changed", "somebody_sits_here", "wrong_sheet", "not_trusted", "rests_on_them", "not_permitted", "account_inactive", "account_expired", "licence_expired", "not_author", "not_found", "frozen", "illegal_move", "in_visit", "stale", "written_once", "disputed", "clock_behind", "clock_right", "no_numbers", "no_issuing_key", "unprintable", "not_as_issued", "no_printer", "not_printed", "not_saved", "not_backed_up", "backups_not_whole", "rules", "too_large", "file_refused", "file_unfit", "another_person", "not_here", "not_attached", "not_sent", "offline", "server_refused", "server_not_believed", "only_its_author", "forked", "not_forked", "restored", "backup_refused", "wrong_code", "not_genuine", "unknown_issuer", "unrecorded", "certificate_revoked", "certificate_superseded", "unreadable_code", "meets_allergy", "known_allergy", "tooth_gone", "nothing_planned", "nothing_measured", "not_agreed", "guardian_to_agree", "other_tooth", "ask_again", "store_in_use", "store_damaged", "store_behind", "store_newer", "restore_begun", "disk_full", "store_failed"] as const;
