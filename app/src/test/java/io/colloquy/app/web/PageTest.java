package io.colloquy.app.web;

import com.microsoft.playwright.Page;
import io.colloquy.app.BrowserPage;
import io.colloquy.app.ColloquyTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A test with the page open before it. */
@ColloquyTest
abstract class PageTest {

  @LocalServerPort int port;

  BrowserPage it;
  Page page;

  @BeforeEach
  void open() {
    it = BrowserPage.open(port);
    page = it.page();
  }

  @AfterEach
  void close() {
    it.close();
  }
}
