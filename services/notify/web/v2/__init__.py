"""The API that clients of GOV.UK Notify and NotifyNL speak already."""
