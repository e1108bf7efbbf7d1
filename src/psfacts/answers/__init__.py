"""The questions and their answers, a module each: the type of the answer, and the function that gives it.

A store and names go in. Names are resolved by :func:`psfacts.store.resolve.resolve`; what it cannot resolve raises
NotFoundError from here too. A type is at once the shape of the answer's JSON.
"""
