"""The municipality's letters: composed as HTML, pressed as lasting and accessible PDF."""
