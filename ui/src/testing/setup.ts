import { notifications } from "@mantine/notifications";
import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";

// No style sheet is loaded here, so an element looks as its own styles say. To ask jsdom took a third of all the time: it
// matches every rule of the library with every element above.
const asked = globalThis.getComputedStyle.bind(globalThis);
const visibility = (node: Element | null): string =>
  node instanceof HTMLElement ? node.style.visibility || visibility(node.parentElement) : "visible";
globalThis.getComputedStyle = (node, pseudo) => {
  if (pseudo || !(node instanceof HTMLElement)) return asked(node, pseudo);
  return new Proxy(node.style, {
    get(style, key) {
      if (key === "visibility") return visibility(node);
      if (key === "display" && !style.display) return node.hidden ? "none" : "block";
      const value: unknown = Reflect.get(style, key);
      return typeof value === "function" ? value.bind(style) : value;
    },
  });
};

// What the library asks of a browser and jsdom has not.
globalThis.matchMedia ??= (query: string) =>
  ({
    matches: false,
    media: query,
    addEventListener() {},
    removeEventListener() {},
  }) as unknown as MediaQueryList;
globalThis.CSS ??= { escape: (text: string) => text.replace(/[^\w-]/g, "\\$&") } as typeof CSS;
globalThis.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
};
// A box that grows with its text measures anew once the fonts are there.
if (!document.fonts) Object.defineProperty(document, "fonts", { value: new EventTarget() });

// Chosen files are read whole.
Blob.prototype.arrayBuffer ??= function (this: Blob) {
  return new Promise<ArrayBuffer>((done) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result as ArrayBuffer);
    reader.readAsArrayBuffer(this);
  });
};

Element.prototype.scrollIntoView ??= () => {};
HTMLImageElement.prototype.decode ??= () => Promise.resolve();

// A whole window in a busy machine may take longer than a second to be drawn.
configure({ asyncUtilTimeout: 10_000 });

afterEach(() => {
  notifications.clean();
  cleanup();
  localStorage.clear();
});
