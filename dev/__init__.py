"""Everything that makes one machine a town hall: real stores, every service, a mailbox and a sign-in provider."""
