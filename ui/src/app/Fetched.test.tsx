import { createMemoryHistory } from "@tanstack/react-router";
import { render, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { memoryHost } from "../host/memory";
import { startText } from "../i18n/start";
import { SIGNED_IN } from "../testing/signed-in";
import { App } from "./App";
import { clinicRouter } from "./router";

test("the screens behind the door are fetched when it stands, and drawn once they are here", async () => {
  let arrive = () => {};
  const arrived = new Promise<void>((resolve) => (arrive = resolve));
  const router = vi.fn(async () => {
    await arrived;
    return clinicRouter(createMemoryHistory({ initialEntries: ["/today"] }));
  });
  render(<App host={memoryHost(SIGNED_IN)} text={startText("en")} router={router} />);
  await vi.waitFor(() => expect(router).toHaveBeenCalledOnce());
  expect(screen.queryByRole("heading", { name: "Today" })).toBeNull();
  arrive();
  await screen.findByRole("heading", { name: "Today" });
  expect(router).toHaveBeenCalledOnce();
});
