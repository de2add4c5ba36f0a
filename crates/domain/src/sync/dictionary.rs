//! What questions and answers have in common. It never changes: another one is another protocol.

/// The dictionary from which the compression of questions and answers of protocol 2 begins (RFC 8878, section 5, a raw
/// one): keys and words as CBOR writes them, the commonest last. `docs/formats/sync.md` spells it out.
pub const DICTIONARY: &[u8] = b"\
    fcreateepatchhacceptedfreasondsaltdbasedsizecappdwalldsitegsessionfauthorgpatientfrecorddverbdkindcs\
    eqchlcfheaderdbodycopsktransactioneentryefirstgverdictdfromdheadeheadsdnextdmoregentrieshopeningsech\
    ainfticketgthroughdrootgreceipt\xa3fsignerHgmessageX\xa9av\x02cnow\x1b\x00\x00\x01\xa2eaudit\x19eepo\
    ch\x1b\x00\x00\x01\xa2epages\x80gpresent\x80hquestionX hreceived\x80hverdicts\x80isignatureX@\xa3fsi\
    gnerHgmessageY\x01av\x02cactPeepoch\x1b\x00\x00\x01\xa2eknownHfbudget\x1a\x00\x04\x00\x00fclinicPfpu\
    shes\x80fschema\x03gcursors\x82\xa2escopePhposition\x19kincarnationPkworkstationPisignatureX@";
