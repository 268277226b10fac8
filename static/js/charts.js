"use strict";
// Draws canvas[data-chart-of="<id of a table>"] from that table, so that the chart and its table cannot differ.
// The first cell of a body row is its label; each column whose head has data-series is a line (or data-chart="bar").
// A cell's figure is its data-value, else its text in Vietnamese or English grouping.
{
  const root = document.documentElement;
  const token = (name) => getComputedStyle(root).getPropertyValue(name).trim();
  const figure = (cell) => Number(cell.dataset.value ?? cell.textContent.replace(/[^\d-]/g, ""));
  const draw = (canvas) => {
    const table = document.getElementById(canvas.dataset.chartOf);
    const rows = [...table.tBodies[0].rows], colors = [token("--blue"), token("--edge"), token("--down"), token("--up")];
    const heads = [...table.tHead.rows[0].cells].filter((cell) => "series" in cell.dataset);
    const bars = canvas.dataset.chart === "bar";
    Chart.getChart(canvas)?.destroy();
    new Chart(canvas, {
      type: canvas.dataset.chart || "line",
      data: {
        labels: rows.map((row) => row.cells[0].textContent.trim()),
        datasets: heads.map((head, i) => ({
          label: head.textContent.trim(), data: rows.map((row) => figure(row.cells[head.cellIndex])),
          borderColor: colors[i], backgroundColor: colors[i], borderDash: i % 2 ? [6, 4] : [], pointRadius: 4, tension: 0, maxBarThickness: 36,
        })),
      },
      options: {
        locale: root.lang === "en" ? "en-GB" : "vi-VN", maintainAspectRatio: false,
        animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? false : { duration: 250 },
        plugins: { legend: { display: heads.length > 1, labels: bars ? { boxWidth: 12 } : { usePointStyle: true, pointStyle: "line", pointStyleWidth: 32 } } },
        scales: { y: { beginAtZero: true, grid: { color: token("--line") }, ticks: { precision: 0 } }, x: { grid: { display: false } } },
      },
    });
  };
  const drawAll = () => {
    Object.assign(Chart.defaults, { color: token("--mut"), borderColor: token("--line") });
    Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
    document.querySelectorAll("canvas[data-chart-of]").forEach(draw);
  };
  drawAll();
  new MutationObserver(drawAll).observe(root, { attributeFilter: ["data-bs-theme"] });
}
