//! What the server lacks and what this workstation lacks, over the network.
