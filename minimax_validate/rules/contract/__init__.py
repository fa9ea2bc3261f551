"""Rules of the contract: what the vendor's schema refuses, with the habits of other vendors' APIs told apart."""
