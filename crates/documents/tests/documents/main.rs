//! What a printed document promises, tried on the file itself with other people's readers.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod copies;
mod courses;
mod dicom;
mod files;
mod forms;
mod golden;
mod issue;
mod paging;
mod photos;
mod pixels;
mod plans;
mod readers;
mod refusals;
mod samples;
mod scan;
mod sheets;
mod tables;
mod text;
