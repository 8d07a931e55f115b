window.MathJax = {
  tex: {
    inlineMath: [["$", "$"]],
    macros: {
      R: "\\mathbb{R}",
      T: "^{\\mathsf{T}}",
      norm: ["\\left\\| #1 \\right\\|", 1],
    },
  },
};
