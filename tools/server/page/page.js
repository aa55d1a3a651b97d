"use strict";
/* One page, two places: inside an MCP host (messages to the parent window), or served by
   `focalface view` (requests to the server that it came from). Both give the same two functions:
   call(tool, arguments) and send(text). All boxes and points are pixels of the picture. */
const start = JSON.parse(document.body.dataset.start);
const at = (id) => document.getElementById(id);
const state = { image: null, faces: [], face: null, readings: [], chosen: null, mode: "pick", sketch: null };

/* ---- where the page lives ---- */
function inHost() {
  const waiting = new Map();
  let count = 0;
  const post = (message) => window.parent.postMessage({ jsonrpc: "2.0", ...message }, "*");
  const notify = (method, params) => post({ method, params });
  const request = (method, params) => new Promise((resolve, reject) => {
    waiting.set(++count, { resolve, reject });
    post({ id: count, method, params });
  });
  const heard = {
    "ui/notifications/tool-input": (params) => show(sourceOf(params.arguments || {})),
    "ui/notifications/tool-result": (result) => fallBack(result),
    "ui/notifications/host-context-changed": (context) => dress(context),
  };
  window.addEventListener("message", ({ source, data }) => {
    if (source !== window.parent || !data || data.jsonrpc !== "2.0") return;
    if (data.method && data.id !== undefined) post({ id: data.id, result: {} });
    else if (data.method) (heard[data.method] || (() => {}))(data.params || {});
    else if (waiting.has(data.id)) {
      const { resolve, reject } = waiting.get(data.id);
      waiting.delete(data.id);
      if (data.error) reject(new Error(data.error.message)); else resolve(data.result);
    }
  });
  request("ui/initialize", {
    appInfo: { name: "focalface", version: "1" }, appCapabilities: {}, protocolVersion: "2026-01-26",
  }).then(({ hostContext, hostCapabilities }) => {
    dress(hostContext || {});
    at("send").hidden = !(hostCapabilities || {}).message;
    state.canCall = Boolean((hostCapabilities || {}).serverTools);
    notify("ui/notifications/initialized", {});
    new ResizeObserver(() => notify("ui/notifications/size-changed", {
      width: document.documentElement.scrollWidth, height: document.documentElement.scrollHeight,
    })).observe(document.body);
  });
  return {
    call: (name, args) => request("tools/call", { name, arguments: args }),
    send: (text) => request("ui/message", { role: "user", content: [{ type: "text", text }] }),
  };
}

function served() {
  const post = async (where, body) => {
    const answer = await fetch(where, { method: "POST", body: JSON.stringify(body) });
    const told = await answer.json();
    if (!answer.ok) throw new Error(told.error);
    return told;
  };
  state.canCall = true;
  at("ask").hidden = false;
  at("ask").addEventListener("submit", async (event) => {
    event.preventDefault();
    const question = at("question").value.trim();
    if (!question) return;
    at("answer").value = "Looking…";
    try {
      at("answer").value = (await post("ask", { question, face: state.face, target: targetOf(state.chosen) })).text;
    } catch (error) { at("answer").value = error.message; }
  });
  return { call: (name, args) => post("call", { name, arguments: args }), send: null };
}

const home = window.parent === window ? served() : inHost();

function dress({ theme, styles }) {
  if (theme) document.documentElement.dataset.theme = theme;
  const font = styles && styles.variables && styles.variables["--font-sans"];
  if (font) document.documentElement.style.setProperty("--font-sans", font);
}

const sourceOf = ({ path, image_id, whole_image_is_face }) => ({
  ...(image_id ? { image_id } : { path }), ...(whole_image_is_face ? { whole_image_is_face } : {}),
});

async function tool(name, args) {
  const result = await home.call(name, args);
  if (result.isError) throw new Error(result.content.map((part) => part.text || "").join(" "));
  return result;
}

/* A host that lets a page call no tools has at least given it the picture and its legend. */
function fallBack(result) {
  const picture = (result.content || []).find((part) => part.type === "image");
  const text = (result.content || []).find((part) => part.type === "text");
  if (result.isError && text) say(text.text);
  if (state.canCall || !picture) return;
  at("overlay").setAttribute("viewBox", "0 0 100 100");
  at("overlay").replaceChildren(imageOf(picture, 100, 100));
  at("caution").textContent = text ? text.text : "";
}

/* ---- the picture and its faces ---- */
async function show(source) {
  if (!state.canCall) return;
  say("Looking for faces…");
  try {
    const found = (await tool("detect_faces", { ...source, limit: 1000 })).structuredContent;
    Object.assign(state, { image: found, faces: found.faces });
    const args = { image_id: found.image_id, labels: "none", max_side: 2048, max_kb: 600 };
    const picture = (await tool("annotate_image", args)).content.find((part) => part.type === "image");
    state.picture = imageOf(picture, found.width, found.height);
    at("overlay").replaceChildren(state.picture);
    frame();
    fillFaces();
    if (found.faces.length) await showFace(found.faces[0].id); else say(found.summary);
  } catch (error) { say(error.message); }
}

function imageOf({ mimeType, data }, width, height) {
  return shape("image", { href: `data:${mimeType};base64,${data}`, width, height });
}

/* Shows the whole picture, or the face with some room around it. */
function frame() {
  const { width, height } = state.image;
  const face = state.faces.find((one) => one.id === state.face);
  const zoomed = at("zoom").getAttribute("aria-pressed") === "true" && face;
  let view = [0, 0, width, height];
  if (zoomed) {
    const { x1, y1, x2, y2 } = face.box;
    const side = Math.max(x2 - x1, y2 - y1) * 1.7;
    const w = Math.min(side, width), h = Math.min(side, height);
    view = [Math.min(Math.max((x1 + x2 - w) / 2, 0), width - w), Math.min(Math.max((y1 + y2 - h) / 2, 0), height - h), w, h];
  }
  at("overlay").setAttribute("viewBox", view.join(" "));
}

at("zoom").addEventListener("click", () => {
  at("zoom").setAttribute("aria-pressed", String(at("zoom").getAttribute("aria-pressed") !== "true"));
  if (state.image) frame();
});

function fillFaces() {
  at("whose").hidden = state.faces.length < 2;
  at("face").replaceChildren(...state.faces.map((face) => {
    const option = document.createElement("option");
    option.value = face.id;
    option.textContent = `${face.number} of ${state.image.total}`;
    return option;
  }));
}

async function showFace(id) {
  state.face = id;
  at("face").value = id;
  frame();
  say("Reading the face…");
  const args = { image_id: state.image.image_id, face_id: id, regions: start.regions, detail: "full" };
  const found = (await tool("describe_regions", args)).structuredContent;
  state.readings = found.descriptions;
  at("caution").textContent = [state.image.note, found.caution].filter(Boolean).join(" ");
  drawRegions();
  fillList();
  choose(state.readings.find((one) => one.region.name === "mouth") || state.readings[0]);
  say("Point at a region, or move to it with Tab; draw a box or an outline for one of your own.");
}

/* ---- regions on the picture ---- */
function shape(kind, attributes) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", kind);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

const pointsOf = (polygon) => polygon.map(([x, y]) => `${x},${y}`).join(" ");
const areaOf = ({ box }) => (box.x2 - box.x1) * (box.y2 - box.y1);
const spoken = (name) => (name === "custom" ? "your own region" : name.replaceAll("_", " "));

function drawRegions() {
  const others = state.faces.filter((face) => face.id !== state.face).map(({ box }) => shape("rect", {
    class: "other", x: box.x1, y: box.y1, width: box.x2 - box.x1, height: box.y2 - box.y1,
  }));
  const largestFirst = [...state.readings].sort((a, b) => areaOf(b.region) - areaOf(a.region));
  at("overlay").replaceChildren(state.picture, ...others, ...largestFirst.map(regionShape));
}

function regionShape(reading) {
  const { name, side, polygon } = reading.region;
  const made = shape("polygon", {
    points: pointsOf(polygon), class: `region ${name === "custom" ? "custom" : side}`, tabindex: 0,
    role: "button", "aria-label": spoken(name), "data-region": reading.region.id,
  });
  // Not "pointerenter": a shape that appears under a resting pointer must not take the reading away.
  for (const event of ["pointermove", "focus", "click"]) made.addEventListener(event, () => choose(reading));
  return made;
}

function fillList() {
  at("list").replaceChildren(...state.readings.map((reading) => {
    const item = document.createElement("li");
    const button = item.appendChild(document.createElement("button"));
    button.type = "button";
    button.textContent = spoken(reading.region.name);
    button.addEventListener("click", () => choose(reading));
    return item;
  }));
}

function choose(reading) {
  if (!reading || state.chosen === reading) return;
  state.chosen = reading;
  for (const made of document.querySelectorAll(".region"))
    made.classList.toggle("chosen", made.dataset.region === reading.region.id);
  at("reading").replaceChildren(...tell(reading));
}

/* ---- a reading in words and bars ---- */
function element(kind, text, name) {
  const made = document.createElement(kind);
  if (text !== undefined) made.textContent = text;
  if (name) made.className = name;
  return made;
}

function tell(reading) {
  const { region, text, action_units, not_assessed, emotion, age, limits } = reading;
  const parts = [element("h2", spoken(region.name)), element("p", text)];
  if (region.visibility < 1 || region.hidden_by) {
    const by = region.hidden_by ? `, hidden by ${region.hidden_by}` : "";
    parts.push(element("p", `${Math.round(region.visibility * 100)} % visible${by}`, "soft"));
  }
  const units = action_units.filter((unit) => unit.intensity >= 0.1);
  const rows = units.map((unit) => [
    `${unit.code} ${unit.name}${unit.side === "both" ? "" : `, ${unit.side}`}`, unit.intensity,
  ]);
  if (emotion) for (const [label, value] of Object.entries(emotion.probabilities))
    if (value >= 0.1) rows.push([`suggests ${label}`, value]);
  if (rows.length) parts.push(bars(rows));
  if (age) parts.push(element("p", `Looks ${Math.round(age.years)} years old (${Math.round(age.low)} to ${Math.round(age.high)})`));
  if (not_assessed.length) parts.push(element("p", `Not assessed, so unknown: ${not_assessed.join(", ")}`, "soft"));
  for (const limit of limits) parts.push(element("p", limit, "soft"));
  return parts;
}

function bars(rows) {
  const list = element("dl");
  for (const [label, value] of rows) {
    const meter = element("meter");
    meter.value = value;
    meter.setAttribute("aria-label", label);
    const cell = element("dd");
    cell.append(meter);
    list.append(element("dt", label), cell, element("dd", value.toFixed(2)));
  }
  return list;
}

function targetOf(reading) {
  if (!reading) return null;
  const { name, box } = reading.region;
  return name === "custom" ? [box.x1, box.y1, box.x2, box.y2].map(Math.round).join(",") : name;
}

at("send").addEventListener("click", async () => {
  const { region, text, action_units } = state.chosen;
  const units = action_units.filter((unit) => unit.intensity >= 0.1)
    .map((unit) => `${unit.code} ${unit.side} ${unit.intensity.toFixed(2)}`).join("; ");
  const face = state.faces.findIndex((one) => one.id === region.face_id) + 1;
  const where = `box ${targetOf({ region: { name: "custom", box: region.box } })}`;
  try {
    await home.send(`I picked ${spoken(region.name)} of face ${face || 1} (region_id ${region.id}, ${where}, ` +
      `image_id ${state.image.image_id}). Its reading: ${text}${units ? ` Action units: ${units}.` : ""}`);
    say("Sent to the conversation.");
  } catch (error) { say(error.message); }
});

/* ---- drawing a region of one's own ---- */
function here(event) {
  const { x, y } = new DOMPoint(event.clientX, event.clientY)
    .matrixTransform(at("overlay").getScreenCTM().inverse());
  const { width, height } = state.image;
  return [Math.min(Math.max(x, 0), width), Math.min(Math.max(y, 0), height)];
}

function setMode(mode) {
  state.mode = mode;
  for (const button of document.querySelectorAll("[data-mode]"))
    button.setAttribute("aria-pressed", String(button.dataset.mode === mode));
  at("overlay").classList.toggle("drawing", mode !== "pick");
  sketch(null);
  if (mode === "box") say("Drag a box. By keyboard: arrows move it, Shift and arrows resize it, Enter reads it.");
  if (mode === "polygon") say("Click corner after corner; Enter or a double click closes the outline, Escape drops it.");
}

for (const button of document.querySelectorAll("[data-mode]")) button.addEventListener("click", (event) => {
  setMode(button.dataset.mode);
  // A click by keyboard has no place: it starts with a box in the middle of the face.
  if (state.mode === "box" && event.detail === 0 && state.face) {
    const { box } = state.faces.find((face) => face.id === state.face);
    const w = (box.x2 - box.x1) / 4, h = (box.y2 - box.y1) / 4;
    sketch([[box.x1 + 1.5 * w, box.y1 + 1.5 * h], [box.x1 + 2.5 * w, box.y1 + 2.5 * h]]);
  }
});

const cornersOf = ([[x1, y1], [x2, y2]]) => [[x1, y1], [x2, y1], [x2, y2], [x1, y2]];

function sketch(points) {
  state.sketch = points;
  for (const old of document.querySelectorAll(".sketch")) old.remove();
  if (!points || points.length < 2) return;
  const polygon = state.mode === "box" ? cornersOf(points) : points;
  at("overlay").append(shape("polygon", { class: "sketch", points: pointsOf(polygon) }));
}

at("overlay").addEventListener("pointerdown", (event) => {
  if (state.mode === "pick" || !state.image) return;
  event.preventDefault();
  if (state.mode === "polygon") return sketch([...(state.sketch || []), here(event)]);
  at("overlay").setPointerCapture(event.pointerId);
  const from = here(event);
  sketch([from, from]);
});

at("overlay").addEventListener("pointermove", (event) => {
  if (state.mode === "box" && state.sketch && event.buttons) sketch([state.sketch[0], here(event)]);
});

at("overlay").addEventListener("pointerup", () => { if (state.mode === "box") readSketch(); });
at("overlay").addEventListener("dblclick", () => { if (state.mode === "polygon") readSketch(); });

document.addEventListener("keydown", (event) => {
  if (event.target.matches("input, select")) return;
  if (event.target.matches(".region") && ["Enter", " "].includes(event.key) && state.mode === "pick") {
    event.preventDefault();
    return choose(state.readings.find((one) => one.region.id === event.target.dataset.region));
  }
  if (event.key === "Escape") return setMode("pick");
  if (!state.sketch) return;
  if (event.key === "Enter") { event.preventDefault(); return readSketch(); }
  const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
  if (!step || state.mode !== "box") return;
  event.preventDefault();
  const by = Math.max(state.image.width, state.image.height) / 200;
  const moved = ([x, y]) => [x + step[0] * by, y + step[1] * by];
  const [from, to] = state.sketch;
  sketch([event.shiftKey ? from : moved(from), moved(to)]);
});

async function readSketch() {
  const points = state.sketch, box = state.mode === "box";
  if (!points) return;
  const xs = points.map(([x]) => x), ys = points.map(([, y]) => y);
  const [x1, y1, x2, y2] = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
  if (x2 - x1 < 2 || y2 - y1 < 2 || (!box && points.length < 3)) return sketch(null);
  say("Reading your region…");
  try {
    const region = box ? { boxes: [{ x1, y1, x2, y2 }] } : { polygons: [points] };
    const args = { image_id: state.image.image_id, detail: "full", ...region };
    const reading = (await tool("describe_regions", args)).structuredContent.descriptions[0];
    if (reading.region.face_id !== state.face) await showFace(reading.region.face_id);
    state.readings = [...state.readings.filter((one) => one.region.id !== reading.region.id), reading];
    setMode("pick");
    drawRegions();
    fillList();
    choose(reading);
    say("This is the reading of the region that you drew.");
  } catch (error) { sketch(null); say(error.message); }
}

function say(text) { at("hint").textContent = text; }

at("face").addEventListener("change", (event) => showFace(event.target.value).catch((error) => say(error.message)));
if (start.path) show(sourceOf(start));
