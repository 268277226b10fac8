"""The kit of which every app makes its screens: lists, forms, pages, tables, and what stands around them."""
