"""The fact base asked by SQL, in memory or in a `.db`; names resolved, places told in words."""
