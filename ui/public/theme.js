// Runs before the first paint, so that a dark window never flashes white.
(function () {
    var theme = "system";
    try {
        theme = localStorage.getItem("roadbook.theme") || theme;
    } catch {
        // Without storage the system decides.
    }
    if (theme === "system") theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
    document.documentElement.dataset.theme = theme;
})();
