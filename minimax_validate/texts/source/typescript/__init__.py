"""TypeScript and JavaScript, as tree-sitter reads them."""
