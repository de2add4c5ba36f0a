//! The built-in roles and the shipped cells of the permission matrix.

use super::Permission;
use crate::choice;

choice! {
    /// A ready-made role.
    pub enum Role {
        /// Runs the clinic's accounts, sites and workstations; sees no chart.
        Administrator = "administrator",
        /// A physician.
        Doctor = "doctor",
        /// A dentist.
        Dentist = "dentist",
        /// A nurse.
        Nurse = "nurse",
        /// Registers and finds people.
        FrontDesk = "front_desk",
        /// An optometrist.
        Optometrist = "optometrist",
        /// A pharmacist.
        Pharmacist = "pharmacist",
        /// Reads the trail.
        Auditor = "auditor",
    }
}

impl Role {
    /// Whether the visit that somebody of this role takes up is with them from then on.
    #[must_use]
    pub fn attends(self) -> bool {
        matches!(self, Self::Doctor | Self::Dentist | Self::Optometrist)
    }
}

/// A row a permission, a column a role in the order of their declaration; `x` grants.
const MATRIX: &[(Permission, &str)] = &[
    //                                   Adm Doc Den Nur Frn Opt Pha Aud
    (Permission::PatientRead, "          x   x   x   x   x   x   x   x"),
    (Permission::PatientRegister, "      x   x   x   x   x   x   .   ."),
    (Permission::PatientEdit, "          x   x   x   x   x   x   .   ."),
    (Permission::PatientVoid, "          x   .   .   .   .   .   .   ."),
    (Permission::ConsentTake, "          x   x   x   x   x   x   .   ."),
    (Permission::ChartRead, "            .   x   x   x   .   x   x   x"),
    (Permission::AllergyEdit, "          .   x   x   x   .   x   x   ."),
    (Permission::ProblemEdit, "          .   x   x   x   .   x   .   ."),
    (Permission::ImmunisationEdit, "     .   x   x   x   .   .   x   ."),
    (Permission::MedicineEdit, "         .   x   x   x   .   x   x   ."),
    (Permission::VisitEdit, "            .   x   x   x   x   x   .   ."),
    (Permission::QueueRun, "             .   x   x   x   x   x   x   ."),
    (Permission::ObservationRecord, "    .   x   x   x   .   x   .   ."),
    (Permission::NoteWrite, "            .   x   x   x   .   x   .   ."),
    (Permission::NoteSign, "             .   x   x   x   .   x   .   ."),
    (Permission::DentalChart, "          .   .   x   x   .   .   .   ."),
    (Permission::DentalPlan, "           .   .   x   .   .   .   .   ."),
    (Permission::FormFill, "             .   x   x   x   x   x   x   ."),
    (Permission::FormSign, "             .   x   x   x   .   x   .   ."),
    (Permission::CertificateDraft, "     .   x   x   x   x   x   .   ."),
    (Permission::CertificateApprove, "   .   x   x   x   .   x   .   ."),
    (Permission::SpectaclesSign, "       .   x   .   .   .   x   .   ."),
    (Permission::CertificateRevoke, "    .   x   x   .   .   x   .   ."),
    (Permission::CertificatePrint, "     .   x   x   x   x   x   .   ."),
    (Permission::FileAdd, "              .   x   x   x   x   x   x   ."),
    (Permission::FileEdit, "             .   x   x   x   x   x   .   ."),
    (Permission::FileVoid, "             .   x   x   x   .   x   .   ."),
    (Permission::FileExport, "           .   x   x   x   .   x   .   x"),
    (Permission::TemplateEdit, "         x   x   .   .   .   .   .   ."),
    (Permission::TemplatePublish, "      .   x   .   .   .   .   .   ."),
    (Permission::CodeEdit, "             x   .   .   .   .   .   .   ."),
    (Permission::ConflictResolve, "      x   x   x   x   x   x   x   ."),
    (Permission::ImportRun, "            x   .   .   .   .   .   .   ."),
    (Permission::UserRead, "             x   x   x   x   x   x   x   x"),
    (Permission::UserEdit, "             x   .   .   .   .   .   .   ."),
    (Permission::ClinicEdit, "           x   .   .   .   .   .   .   ."),
    (Permission::WorkstationEdit, "      x   .   .   .   .   .   .   ."),
    (Permission::AuditRead, "            x   .   .   .   .   .   .   x"),
    (Permission::AccessRead, "           x   x   x   x   .   x   .   x"),
    (Permission::SyncRun, "              x   x   x   x   x   x   x   x"),
    (Permission::BackupRun, "            x   x   x   x   x   x   x   x"),
    (Permission::BackupEdit, "           x   .   .   .   .   .   .   ."),
    (Permission::BackupRestore, "        x   .   .   .   .   .   .   ."),
    (Permission::RehearsalSign, "        x   .   .   .   .   .   .   x"),
    (Permission::SettingEdit, "          x   .   .   .   .   .   .   ."),
    (Permission::StoreCheck, "           x   x   x   x   x   x   x   x"),
    (Permission::SessionUse, "           x   x   x   x   x   x   x   x"),
];

/// Whether the shipped matrix grants `permission` to `role`.
#[must_use]
pub fn grants(role: Role, permission: Permission) -> bool {
    MATRIX
        .iter()
        .find(|(row, _)| *row == permission)
        .and_then(|(_, cells)| cells.split_whitespace().nth(role as usize))
        == Some("x")
}

/// The matrix as rows of a permission's word and, by role, whether it is granted.
pub fn matrix() -> impl Iterator<Item = (Permission, Vec<bool>)> {
    Permission::ALL
        .iter()
        .map(|permission| (*permission, Role::ALL.iter().map(|role| grants(*role, *permission)).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_matrix_has_a_cell_for_every_permission_and_role() {
        assert_eq!(MATRIX.len(), Permission::ALL.len());
        for permission in Permission::ALL {
            let cells = MATRIX.iter().find(|(row, _)| row == permission).map(|(_, cells)| *cells).unwrap();
            let cells: Vec<&str> = cells.split_whitespace().collect();
            assert_eq!(cells.len(), Role::ALL.len(), "{}", permission.word());
            assert!(cells.iter().all(|cell| ["x", "."].contains(cell)), "{}", permission.word());
        }
    }

    #[test]
    fn an_administrator_sees_no_chart_and_nobody_else_edits_accounts() {
        assert!(!grants(Role::Administrator, Permission::ChartRead));
        let editors: Vec<Role> =
            Role::ALL.iter().copied().filter(|role| grants(*role, Permission::UserEdit)).collect();
        assert_eq!(editors, [Role::Administrator]);
    }
}
