"""The store: a fact base queried with SQL, in memory or in a `.db`; names are resolved and places described."""
