"""What can be done with a case: each verb loads, asks the domain, keeps and tells, in the caller's one transaction."""
