// The pictures of the screens of certificates: an address, the answers behind it, and the keys that are pressed there.
const AT = "/patients/01900000-0000-7000-8000-00000000a001";
const PAPER = "/certificates/01900000-0000-7000-8000-00000000c001";

export const PAPERS = [
  { name: "papers", at: "/certificates" },
  { name: "papers-drafts", at: "/certificates?list=drafts" },
  { name: "papers-none", at: "/certificates", case: "empty" },
  { name: "papers-refused", at: "/certificates", case: "refused" },
  { name: "papers-desk", at: "/certificates", case: "desk" },
  { name: "paper-new", at: `${AT}/certificates/new`, keys: ["Acute febrile illness."] },
  { name: "paper-new-desk", at: `${AT}/certificates/new`, case: "desk" },
  { name: "paper-new-lacking", at: `${AT}/certificates/new`, case: "lacking", keys: ["Control+Shift+Enter"] },
  { name: "paper-no-template", at: `${AT}/certificates/new`, case: "empty" },
  { name: "paper-no-page", at: `${AT}/certificates/new`, case: "refused" },
  { name: "paper-draft", at: PAPER },
  { name: "paper-returned", at: PAPER, case: "returned" },
  { name: "paper-submitted", at: PAPER, case: "submitted" },
  { name: "paper-return", at: PAPER, case: "submitted", press: "Return" },
  { name: "paper-return-left", at: `${PAPER}?step=return`, case: "left" },
  { name: "paper-return-gone", at: `${PAPER}?step=return`, case: "gone" },
  { name: "paper-note", at: PAPER, case: "note", keys: ["wait", "Control+Shift+Enter"] },
  { name: "paper-stack", at: "/certificates/c2?stack=true", case: "submitted" },
  { name: "paper-issued", at: PAPER, case: "issued" },
  { name: "paper-unprinted", at: PAPER, case: "unprinted", keys: ["Control+P"] },
  { name: "paper-revoke", at: PAPER, case: "issued", press: "Revoke" },
  { name: "paper-revoked", at: PAPER, case: "revoked" },
  { name: "paper-long", at: PAPER, case: "long" },
  { name: "paper-unknown", at: PAPER, case: "refused" },
  { name: "chart-documents", at: `${AT}?tab=documents` },
  { name: "today-papers", at: "/today" },
];
