import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { renderPart } from "../testing/render";
import { Unread } from "./Unread";

test("what this version cannot read of a record stands there as it was written", () => {
  renderPart(<Unread lines={["side: left", "stage: 2"]} />);
  expect(screen.getByText("Update this computer to read this in full")).toBeTruthy();
  expect(screen.getByText("side: left · stage: 2")).toBeTruthy();
});

test("of a record that reads in full nothing is said", () => {
  renderPart(<Unread lines={undefined} />);
  expect(screen.queryByText("Update this computer to read this in full")).toBeNull();
});
