/**
 * The page's own script, as it stands in the page. Without it the page says everything all the same: it filters, copies, leads from a node
 * to its findings, and opens what is folded up before it is printed. It asks for nothing and keeps nothing.
 */
export const pageScript = `
"use strict";
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const one = (selector) => document.querySelector(selector);
  const form = one("#filters"), only = one("#only"), none = one("#none");
  const findings = all(".finding");
  let node = null;

  const show = () => {
    const wanted = new Set(all("input[name=status]:checked", form).map(({ value }) => value));
    const station = form.elements.station.value, text = form.elements.text.value.trim().toLowerCase();
    let count = 0;
    for (const block of all(".station")) {
      const here = station === "" || block.dataset.station === station;
      for (const check of all(".check", block)) {
        const named = text === "" || check.querySelector("summary").textContent.toLowerCase().includes(text);
        for (const finding of all(".finding", check)) {
          const fits = here && wanted.has(finding.dataset.status) && (node === null || finding.dataset.node === node)
            && (named || finding.textContent.toLowerCase().includes(text));
          finding.hidden = !fits;
          if (fits) count++;
        }
        check.hidden = !check.querySelector(".finding:not([hidden])");
        if (!check.hidden && (node !== null || text !== "")) check.open = true;
      }
      block.hidden = !block.querySelector(".check:not([hidden])");
    }
    none.hidden = count > 0;
    form.querySelector("output").textContent = count + " of " + findings.length + " shown";
  };

  const choose = (id, name) => {
    node = id;
    only.hidden = id === null;
    only.querySelector("span").textContent = "Only what was found about " + name + ".";
    show();
  };
  const everything = () => {
    for (const box of all("input[name=status]", form)) box.checked = true;
    form.elements.station.value = "";
    form.elements.text.value = "";
  };

  const reveal = (finding) => {
    for (let fold = finding.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    finding.focus({ preventScroll: true });
    finding.scrollIntoView({ block: "start" });
  };
  const target = (hash) => (hash.length > 1 ? document.getElementById(decodeURIComponent(hash.slice(1))) : null);

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    const href = link && link.getAttribute("href");
    if (!href || !href.startsWith("#")) return;
    const to = target(href);
    if (!to || !to.classList.contains("finding")) return;
    event.preventDefault();
    everything();
    choose(link.dataset.node || null, (link.querySelector(".heard") || link).textContent.trim().replace(/\\s+/g, " "));
    history.replaceState(null, "", href);
    reveal(to);
  });

  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const area = document.body.appendChild(Object.assign(document.createElement("textarea"), { value: text }));
      area.select();
      const done = document.execCommand("copy");
      area.remove();
      return done;
    }
  };
  for (const button of all(".copy")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const done = await copy(button.parentElement.querySelector("code").textContent);
      button.focus();
      button.textContent = done ? "Copied" : "Press Ctrl+C";
      if (!done) getSelection().selectAllChildren(button.parentElement.querySelector("code"));
      one("#said").textContent = done ? "Copied" : "Not copied: select the command and copy it";
      setTimeout(() => { button.textContent = "Copy"; one("#said").textContent = ""; }, 2000);
    });
  }

  let folded = [];
  addEventListener("beforeprint", () => { folded = all("details:not([open])"); for (const fold of folded) fold.open = true; });
  addEventListener("afterprint", () => { for (const fold of folded) fold.open = false; });

  form.hidden = false;
  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  only.querySelector("button").addEventListener("click", () => { choose(null, ""); form.querySelector("input").focus(); });
  show();

  for (const box of all(".scroll")) {
    const ahead = box.querySelector(".root .frame, text.row");
    if (ahead && box.scrollWidth > box.clientWidth) {
      const from = ahead.getBoundingClientRect(), around = box.getBoundingClientRect();
      box.scrollLeft += from.left + from.width / 2 - around.left - around.width / 2;
    }
  }
  const first = target(location.hash);
  if (first && first.classList.contains("finding")) reveal(first);
})();
`;
