"""The doors of this service that people and programs come in by over HTTP."""
