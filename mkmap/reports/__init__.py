"""WHAT RESIDENTS SAY: form → limits → store → moderation."""
