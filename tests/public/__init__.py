"""What an anonymous visitor can reach, walked as a whole: nothing private, nothing broken, nothing ugly."""
